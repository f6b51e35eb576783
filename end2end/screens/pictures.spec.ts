// Takes the pictures of docs/screens: the main screens in both languages, light and dark. Not a test;
// run by hand against an open shop, with libwebp's `cwebp` on the path:
//
//     SCREENS=1 npx playwright test --project screens

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { liveScreens, sweep } from "../a11y/live_screens.ts";
import { screens } from "../a11y/screens.ts";
import { languages, test } from "../fixtures.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "screens");

const SHOWN = [
  "feed", "category", "search", "product", "product-groups", "sku", "seat", "group", "group-mine", "group-joined", "group-held", "group-full", "group-done", "group-done-other",
  "group-by-store", "group-failed", "group-failed-other", "cart", "sign-in",
  "checkout", "seat-checkout", "payment-paid", "order", "order-forming", "orders", "notifications", "account",
  "short", "short-buy", "short-comments", "publish", "publish-describe", "share", "my-shares", "earnings", "withdraw", "creator", "coupons",
  "studio-orders", "studio-order", "studio-refund", "studio-books", "studio-result", "studio-goods",
  "studio-campaigns", "studio-calendar", "studio-campaign",
];

const all = [...screens.filter((it) => SHOWN.includes(it.name)), ...liveScreens.filter((it) => it.name !== "studio-rooms")];

test.afterEach(sweep);

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const { name, open } of all) {
      test(name, async ({ shop, page }, info) => {
        // The studio stands on a desk.
        if (name.startsWith("studio")) await page.setViewportSize({ width: 1280, height: 800 });
        mkdirSync(FOLDER, { recursive: true });
        for (const look of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: look, reducedMotion: "reduce" });
          if (look === "light") await open(shop, page);
          await page.evaluate(() => Promise.all([...document.images].filter((it) => it.loading !== "lazy").map((it) => it.decode().catch(() => undefined))));
          const shot = info.outputPath(`${look}.png`);
          await page.screenshot({ path: shot, animations: "disabled" });
          const short = language === "en" ? "en" : "zh";
          execFileSync("cwebp", ["-quiet", "-q", "70", shot, "-o", join(FOLDER, `${name}.${short}.${look}.webp`)]);
          rmSync(shot);
        }
      });
    }
  });
}
