// Going on and back: what is open stands in the address, back finds the place again, and the focus
// follows.

import { expect, test } from "../fixtures.ts";

test("back from a product finds the feed where it was, without loading it again", async ({ shop, page }) => {
  await shop.feed.open();
  const far = shop.feed.cards.nth(14);
  await expect(async () => {
    await page.mouse.wheel(0, 800);
    await expect(far).toBeInViewport({ timeout: 500 });
  }).toPass();
  // To where a finger can reach it, free of the tab bar.
  await far.getByRole("link").hover();
  const scrolled = () => page.evaluate(() => scrollY);
  // The wheel's scrolling runs out by and by.
  await expect(async () => {
    const before = await scrolled();
    await page.waitForTimeout(150);
    expect(await scrolled()).toBe(before);
  }).toPass();
  const there = await scrolled();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await far.getByRole("link").click();
  await expect(page).toHaveURL(/\/p\//);
  await page.goBack();
  await expect(far).toBeInViewport();
  await expect.poll(async () => Math.abs((await scrolled()) - there)).toBeLessThan(40);
  expect(asked.filter((path) => path === "/api/feed")).toEqual([]);
});

test("a search with its order and filters survives a reload", async ({ shop, page }) => {
  await shop.search.open("?q=%E8%8C%B6&sort=price_down&in_stock=true");
  await shop.search.results.first().waitFor();
  const before = await shop.search.titles.allInnerTexts();
  await page.reload();
  await shop.ready();
  await expect(shop.search.field).toHaveValue("茶");
  await expect(shop.search.sort("price")).toHaveAttribute("aria-pressed", "true");
  await expect(shop.search.titles).toHaveText(before);
});

test("the chosen SKU stands in the address", async ({ shop, page }) => {
  await shop.product.open("dandong-strawberry");
  await shop.product.chosen.click();
  await shop.product.choose("3斤礼盒");
  await expect(page).toHaveURL(/sku=FRU001-B/);
  await page.reload();
  await shop.ready();
  await expect(shop.product.chosen).toContainText("3斤礼盒");
});

test("the focus goes to the new page's name", async ({ shop, page }) => {
  await shop.feed.open();
  await shop.feed.cards.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/p\//);
  await expect(shop.title).toBeFocused();
});

test("a sheet keeps the focus, and Esc gives it back", async ({ shop, page }) => {
  await shop.product.open("dandong-strawberry");
  await shop.product.chosen.focus();
  await page.keyboard.press("Enter");
  await expect(shop.sheet.getByRole("heading", { level: 2 })).toBeFocused();
  // Around once: whatever has the focus is inside, or the browser's own bar.
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() => {
      const focused = document.activeElement;
      return !!focused && focused !== document.body && !focused.closest("dialog");
    });
    expect(outside).toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(shop.sheet).toHaveCount(0);
  await expect(shop.product.chosen).toBeFocused();
});

test("the back button closes a sheet and stays on the page", async ({ shop, page }) => {
  await shop.product.open("dandong-strawberry");
  await shop.product.chosen.click();
  await expect(shop.sheet).toBeVisible();
  await page.goBack();
  await expect(shop.sheet).toHaveCount(0);
  await expect(page).toHaveURL(/\/p\/dandong-strawberry/);
});

test("a sheet that was closed leaves no step behind", async ({ shop, page }) => {
  await shop.feed.open();
  await shop.feed.cards.first().getByRole("link").click();
  await shop.product.chosen.click();
  await shop.sheet.getByRole("button", { name: shop.t("app.close"), exact: true }).click();
  await expect(shop.sheet).toHaveCount(0);
  await page.goBack();
  await expect(shop.feed.cards.first()).toBeVisible();
});
