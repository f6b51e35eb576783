// Going through a page with the keyboard.

import type { Page } from "@playwright/test";

/** Goes on with Tab until the focus is on something of this name. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const focused = document.activeElement;
      const named = focused?.getAttribute("aria-label") ?? "";
      return focused === document.body ? "" : `${named} ${focused?.textContent ?? ""}`;
    });
    if (name.test(here)) return;
  }
  throw new Error(`Tab never came to ${name}`);
}
