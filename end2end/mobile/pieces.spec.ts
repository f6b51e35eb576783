// The app comes in pieces: the first screen asks for the first one alone, a page asks for its own, and a piece
// that is gone is no dead end (ADR 10, inv.B8).

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";

const OTHER_PIECES = /-(split|chunk)_\w+\.wasm$/;

/** The pieces other than the first that a page asks for, by when it did. */
function asked(page: Page): string[] {
  const names: string[] = [];
  page.on("request", (request) => {
    if (OTHER_PIECES.test(request.url())) names.push(new URL(request.url()).pathname);
  });
  return names;
}

test("the first screen needs the first piece alone", async ({ shop, page }) => {
  await page.clock.install();
  const pieces = asked(page);
  await shop.feed.open();
  await expect(shop.feed.cards.first()).toBeVisible();
  expect(pieces).toEqual([]);
});

test("a shared product's piece is asked for before the app runs", async ({ shop, page }) => {
  const order: string[] = [];
  page.on("request", (request) => order.push(new URL(request.url()).pathname));
  await shop.product.open("dandong-strawberry");
  const piece = order.findIndex((path) => path.endsWith("split_catalog.wasm"));
  const data = order.findIndex((path) => path.startsWith("/api/"));
  expect(piece).toBeGreaterThan(-1);
  expect(piece).toBeLessThan(data);
});

test("inv_b8 a piece that is gone reloads the app once, then says so and can be asked for again", async ({ shop, page, complaints }) => {
  await page.clock.install();
  await shop.feed.open();
  await page.route(OTHER_PIECES, (route) => route.fulfill({ status: 404, body: "" }));
  const reloaded = page.waitForEvent("load");
  await shop.feed.cards.first().getByRole("link").click();
  await reloaded;
  const retry = page.locator("#main").getByRole("button", { name: "再试一次" });
  await expect(retry).toBeVisible();
  await page.unroute(OTHER_PIECES);
  await retry.click();
  await shop.ready();
  await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
  await expect(page.getByRole("button", { name: "加入购物车" })).toBeVisible();
  complaints.length = 0;
});

/** Keeps the piece that customers need until `release` is called. */
async function holdCustomerPiece(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(/split_customer\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("inv_b9 an edit made before the piece that mirrors the cart is here reaches the account", async ({ shop, page, customer }) => {
  await customer.signIn();
  const release = await holdCustomerPiece(page);
  await shop.product.add("dandong-strawberry", "FRU001-A");
  const mirrored = page.waitForRequest((request) => request.method() === "PUT" && request.url().endsWith("/api/cart"));
  release();
  expect((await mirrored).postData()).toContain("FRU001-A");
});

test("r3_8 who signed out before the piece came gets no cart merged", async ({ shop, page, customer }) => {
  await shop.cart.keep({ "FRU009-A": 2 });
  await customer.signIn();
  const release = await holdCustomerPiece(page);
  await shop.account.open();
  await shop.account.signOut.click();
  await expect(shop.account.signOut).toHaveCount(0);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const arrived = page.waitForEvent("requestfinished", (request) => /split_customer\.wasm$/.test(request.url()));
  release();
  await arrived;
  // What would follow follows at once.
  await page.waitForTimeout(500);
  expect(asked.filter((path) => path.startsWith("/api/cart"))).toEqual([]);
  await shop.expectPieces(2);
});
