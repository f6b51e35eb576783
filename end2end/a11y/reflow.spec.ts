// A narrow screen and large letters: everything stays readable without scrolling sideways
// (WCAG 1.4.4, 1.4.10), and nothing moves for those who asked for that.

import { expect, languages, test } from "../fixtures.ts";
import { screens } from "./screens.ts";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const { name, open } of screens) {
      test(`${name} fits 320 px, and 200 % text`, async ({ shop, page }) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await open(shop, page);
        await shop.expectNoSidewaysScroll();
        await page.setViewportSize({ width: 390, height: 844 });
        await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
        await shop.expectNoSidewaysScroll();
      });
    }
  });
}

test("with reduced motion nothing is animated", async ({ shop, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await shop.product.open("dandong-strawberry");
  await shop.product.chosen.click();
  await expect(shop.sheet).toBeVisible();
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((it) => it.playState === "running" && Number(it.effect?.getComputedTiming().duration) > 50).length,
  );
  expect(moving).toBe(0);
});
