// Every screen holds WCAG 2.2 AA by axe-core's rules: in both languages, light and dark.

import { expect, languages, test } from "../fixtures.ts";
import { violations } from "./axe.ts";
import { screens } from "./screens.ts";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const { name, open } of screens) {
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
