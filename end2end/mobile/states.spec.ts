// Screens when the network or the shop fails: each says what happened and what to do (inv.B7).

import type { Page, Route } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import type { Shop } from "../pages/shop.ts";

type Screen = {
  name: string;
  path: string;
  /** What it asks the shop for. */
  asks: string;
  isThere: (shop: Shop) => Promise<void>;
};

const screens: Screen[] = [
  { name: "feed", path: "/", asks: "**/api/feed*", isThere: (shop) => shop.feed.cards.first().waitFor() },
  {
    name: "category",
    path: "/category/fruit",
    asks: "**/api/products?*",
    isThere: (shop) => shop.category.rows.first().waitFor(),
  },
  {
    name: "search",
    path: "/search?q=%E8%8C%B6",
    asks: "**/api/products?*",
    isThere: (shop) => shop.search.results.first().waitFor(),
  },
  {
    name: "product",
    path: "/p/dandong-strawberry",
    asks: "**/api/products/dandong-strawberry",
    isThere: (shop) => shop.product.chosen.waitFor(),
  },
  {
    name: "cart",
    path: "/cart",
    asks: "**/api/quotes",
    isThere: (shop) => shop.cart.row("yangshan-peach").waitFor(),
  },
];

/** An answer of the shop that says no. */
function refusal(status: number, code: string, details?: unknown) {
  const body = JSON.stringify({ code, message: code, details });
  return (route: Route) => route.fulfill({ status, contentType: "application/json", body });
}

const failures: [string, string, (route: Route) => Promise<void>][] = [
  ["a fault of the shop", "app.error_title", refusal(500, "INTERNAL")],
  ["half an answer", "app.error_title", (route) => route.fulfill({ contentType: "application/json", body: '{"items":[{' })],
  ["too many requests", "app.busy_title", refusal(429, "RATE_LIMITED", { retry_after: 5 })],
  ["an ended session", "app.sign_in_title", refusal(401, "SIGN_IN_REQUIRED")],
  ["a line that drops", "app.network_title", (route) => route.abort("connectionreset")],
];

for (const screen of screens) {
  for (const [what, title, answer] of failures) {
    test(`inv_b7 ${screen.name}: ${what}`, async ({ shop, page }) => {
      if (screen.name === "cart") await shop.cart.keep({ "FRU009-A": 1 });
      await shop.comeUndrawn();
      await page.route(screen.asks, answer);
      await shop.open(screen.path);
      await expect(shop.text(title)).toBeVisible();
      if (title === "app.sign_in_title") {
        await expect(shop.link("app.sign_in")).toHaveAttribute("href", /\/sign-in\?next=/);
        return;
      }
      await page.unroute(screen.asks);
      await shop.button("app.retry").click();
      await screen.isThere(shop);
    });
  }

  test(`inv_b7 ${screen.name}: boxes while it loads, a word after ten seconds`, async ({ shop, page }) => {
    if (screen.name === "cart") await shop.cart.keep({ "FRU009-A": 1 });
    await page.clock.install();
    await shop.comeUndrawn();
    const release = await hold(page, screen.asks);
    await shop.open(screen.path);
    await page.clock.runFor(1_000);
    await expect(page.locator('[aria-busy="true"], [class*="skeleton"]').first()).toBeVisible();
    await page.clock.runFor(10_000);
    await expect(shop.text("app.slow")).toBeVisible();
    release();
    await page.clock.resume();
    await screen.isThere(shop);
    await expect(shop.text("app.slow")).toHaveCount(0);
  });
}

/** Keeps the answers to a question back until released. */
async function hold(page: Page, asks: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(asks, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("without a network the last feed is shown, with its time, and renewed by itself", async ({ shop, page }) => {
  await shop.feed.open();
  await shop.comeUndrawn();
  await page.route("**/api/**", (route) => route.abort("internetdisconnected"));
  await page.reload();
  await shop.ready();
  await expect(page.getByText(shop.words.within("feed.stale"))).toBeVisible();
  await expect(shop.feed.cards.first()).toBeVisible();
  await page.unroute("**/api/**");
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expect(page.getByText(shop.words.within("feed.stale"))).toHaveCount(0);
  await expect(shop.feed.cards.first()).toBeVisible();
});

test("going offline on the way says so, and the page comes by itself when back", async ({ shop, page, complaints }) => {
  await shop.feed.open();
  await page.context().setOffline(true);
  await shop.feed.cards.first().getByRole("link").click();
  await expect(shop.text("app.offline_title")).toBeVisible();
  await page.context().setOffline(false);
  await expect(shop.product.chosen).toBeVisible();
  // The page's piece could not be fetched either, which its loader logs.
  expect(complaints.every((it) => it.includes("Failed to fetch"))).toBe(true);
  complaints.length = 0;
});
