// The first sight: nothing jumps when the app takes the place of the frame before it.

import { expect, test } from "../fixtures.ts";

test("from the frame to the feed the layout stays where it is", async ({ page, shop }, info) => {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string[] }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Node }[] })[]) {
        if (entry.hadRecentInput) continue;
        const what = entry.sources.map(({ node }) => (node instanceof Element ? `${node.nodeName}.${node.className}` : String(node?.nodeName)));
        shifts.push({ value: entry.value, what });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await shop.feed.open();
  await page.waitForLoadState("networkidle");
  const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number; what: string[] }[] }).shifts);
  const sum = shifts.reduce((sum, it) => sum + it.value, 0);
  info.annotations.push({ type: "layout shift", description: sum.toFixed(4) });
  expect(sum, JSON.stringify(shifts)).toBeLessThanOrEqual(0.1);
});
