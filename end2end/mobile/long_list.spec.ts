// A list as long as the shop: few of its cards are in the document, and nobody notices.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";

const ENTRIES = "#main li[aria-posinset]";

/** The places of the entries in the document, and how many the list is said to have. */
function drawn(page: Page): Promise<{ places: number[]; sizes: number[] }> {
  return page.locator(ENTRIES).evaluateAll((entries) => ({
    places: entries.map((entry) => Number(entry.getAttribute("aria-posinset"))),
    sizes: [...new Set(entries.map((entry) => Number(entry.getAttribute("aria-setsize"))))],
  }));
}

/** Scrolls down evenly until the list's last entry is there; tells the most entries on the way. */
async function scrollToEnd(page: Page): Promise<number> {
  return page.evaluate(async (entries) => {
    let most = 0;
    for (;;) {
      scrollBy(0, 300);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const all = [...document.querySelectorAll(entries)];
      most = Math.max(most, all.length);
      const last = all.at(-1)!;
      if (last.getAttribute("aria-posinset") === last.getAttribute("aria-setsize")) return most;
    }
  }, ENTRIES);
}

test("a feed scrolled to its end and back keeps few cards, tells each one's place and does not jump", async ({ page, shop }) => {
  await shop.feed.open();
  await page.evaluate(() => {
    Object.assign(window, { shifted: 0 });
    new PerformanceObserver((list) => {
      for (const it of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        (window as unknown as { shifted: number }).shifted += it.value;
      }
    }).observe({ type: "layout-shift" });
  });
  const most = await scrollToEnd(page);
  const end = await drawn(page);
  const all = end.places.at(-1)!;
  expect(all).toBeGreaterThan(50);
  expect(end.sizes).toEqual([all]);
  expect(most).toBeLessThanOrEqual(40);
  expect(end.places[0]).toBeGreaterThan(10);
  // In order, without one missing.
  expect(end.places).toEqual(end.places.map((_, at) => end.places[0] + at));

  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.evaluate(async () => {
    while (scrollY > 0) {
      scrollBy(0, -300);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
  await expect.poll(async () => (await drawn(page)).places[0]).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeCloseTo(height, -1);
  expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThanOrEqual(0.01);
});

test("the tab key goes from card to card", async ({ page, shop }) => {
  await shop.feed.open();
  const place = () => page.evaluate(() => Number(document.activeElement!.closest("li")!.getAttribute("aria-posinset")));
  await page.locator(ENTRIES).first().getByRole("link").focus();
  for (let at = 1; at <= 30; at++) {
    expect(await place()).toBe(at);
    // A test's finger is faster than the next page of the feed.
    await expect(page.locator(`#main li[aria-posinset="${at + 1}"] a`).first()).toBeAttached();
    await page.keyboard.press("Tab");
  }
  await expect.poll(place).toBe(31);
});

test("the focused card stays when the page is scrolled away", async ({ page, shop }) => {
  await shop.feed.open();
  const place = () => page.evaluate(() => Number(document.activeElement!.closest("li")!.getAttribute("aria-posinset")));
  await page.locator(ENTRIES).first().getByRole("link").focus();
  for (let at = 2; at <= 31; at++) {
    await expect(page.locator(`#main li[aria-posinset="${at}"] a`).first()).toBeAttached();
    await page.keyboard.press("Tab");
    await expect.poll(place).toBe(at);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(async () => (await drawn(page)).places[0]).toBe(1);
  expect(await place()).toBe(31);
  await page.keyboard.press("Tab");
  expect(await place()).toBe(32);
});

test("back leads to the same card at the same place", async ({ page, shop }) => {
  await shop.feed.open();
  await scrollToEnd(page);
  await page.evaluate(() => scrollBy(0, -1500));
  const card = page.locator(ENTRIES).filter({ has: page.locator("visible=true") });
  const { index, title, top } = await card.evaluateAll((entries) => {
    const index = entries.findIndex((entry) => entry.getBoundingClientRect().top > 100);
    const entry = entries[index];
    return { index, title: entry.querySelector("h2")!.textContent!, top: entry.getBoundingClientRect().top };
  });
  await card.nth(index).getByRole("link").click();
  await expect(page).not.toHaveURL(/\/$/);
  await page.goBack();
  const again = page.locator(ENTRIES).filter({ hasText: title }).first();
  await expect(again).toBeInViewport();
  await expect.poll(async () => (await again.boundingBox())!.y).toBeCloseTo(top, -1);
});

test("a category is such a list too", async ({ page, shop }) => {
  await shop.open("/category/fruit");
  await shop.category.rows.first().waitFor();
  const { places, sizes } = await drawn(page);
  expect(places[0]).toBe(1);
  expect(sizes).toHaveLength(1);
});
