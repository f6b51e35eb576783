// Live rooms and the studio by axe-core's rules, and the studio with the keyboard alone.

import type { Page } from "@playwright/test";
import { Customer } from "../pages/customer.ts";
import { host } from "../pages/studio.ts";
import { expect, languages, test } from "../fixtures.ts";
import { violations } from "./axe.ts";
import { tabTo } from "./keyboard.ts";
import { liveScreens, sweep } from "./live_screens.ts";

// Each screen has an encoder of its own.
test.describe.configure({ mode: "default", timeout: 180_000 });
test.afterEach(sweep);

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const { name, open } of liveScreens) {
      test(`${name} has no barrier, light or dark`, async ({ shop, page }) => {
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await open(shop, page);
        expect(await violations(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        expect(await violations(page)).toEqual([]);
      });
    }
  });
}

/** Presses what has the focus. */
const press = (page: Page) => page.keyboard.press("Enter");

test("a room is planned, announced, pinned and ended without a pointer", async ({ shop, page }) => {
  const studio = await host(async () => ({ page, shop, customer: new Customer(page) }));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/studio/live");
  await studio.button("new_room").waitFor({ timeout: 60_000 });
  await tabTo(page, new RegExp(`^\\s*${studio.t("new_room")}`));
  await press(page);
  const sheet = page.getByRole("dialog");
  await expect(sheet).toBeVisible();
  // The focus is inside, and stays there.
  await sheet.getByLabel(studio.t("title_zh")).focus();
  await page.keyboard.type("键盘开播");
  await sheet.getByLabel(studio.t("find_product")).focus();
  await page.keyboard.type("草莓");
  await press(page);
  await sheet.getByRole("button", { name: studio.t("put_on") }).first().waitFor();
  await tabTo(page, new RegExp(studio.t("put_on")));
  await press(page);
  await tabTo(page, new RegExp(`^\\s*${studio.t("plan_it")}`));
  await press(page);
  await expect(page.getByRole("heading", { level: 1, name: "键盘开播" })).toBeVisible();
  const id = page.url().split("/").at(-1)!;
  await tabTo(page, new RegExp(studio.t("do_schedule")));
  await press(page);
  await expect(studio.button("do_start")).toBeVisible();
  const encoder = await studio.encode(id);
  await expect(studio.button("do_start")).toBeEnabled();
  await tabTo(page, new RegExp(studio.t("do_start")));
  await press(page);
  await expect(studio.button("do_pause")).toBeVisible();
  await tabTo(page, new RegExp(`^\\s*${studio.t("pin")} `));
  await press(page);
  await expect(studio.row(1)).toHaveAttribute("data-pinned");
  await tabTo(page, new RegExp(`^\\s*${studio.t("do_end")}`));
  await press(page);
  await expect(sheet).toBeVisible();
  await tabTo(page, new RegExp(`^\\s*${studio.t("do_end")}`));
  await press(page);
  await expect(page.getByText(studio.t("record_text"))).toBeVisible();
  await encoder.kill();
});
