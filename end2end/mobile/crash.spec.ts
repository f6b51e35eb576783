// When the app itself breaks (inv.B6, inv.B8): a plain page, a safe cart, no endless reloading.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { GUEST_KEY } from "../pages/cart.ts";

/** Calls what the app's panic hook calls. */
async function crash(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { jishiCrash(): void }).jishiCrash());
}

test("inv_b6 after a panic nothing is written, the page is still, the cart survives", async ({ shop, page }) => {
  await page.clock.install();
  await shop.cart.keep({ "FRU009-A": 2 });
  await shop.feed.open();
  await shop.expectPieces(2);
  await crash(page);
  const overlay = page.getByRole("alertdialog");
  await expect(overlay).toBeVisible();
  await expect(overlay.getByRole("button")).toBeFocused();
  const written = await page.evaluate(async (key) => {
    const tries = [
      () => localStorage.setItem(key, "{}"),
      () => localStorage.removeItem(key),
      () => localStorage.clear(),
    ];
    const refused = tries.filter((attempt) => {
      try {
        attempt();
        return false;
      } catch {
        return true;
      }
    });
    const posted = await fetch("/api/quotes", { method: "POST", body: "{}" }).then(
      () => "sent",
      () => "refused",
    );
    const inert = [...document.body.children].filter((child) => !child.matches("[role=alertdialog]"));
    return { refused: refused.length, posted, inert: inert.every((child) => (child as HTMLElement).inert) };
  }, GUEST_KEY);
  expect(written).toEqual({ refused: 3, posted: "refused", inert: true });
  await overlay.getByRole("button").click();
  await shop.ready();
  await shop.expectPieces(2);
});

test("inv_b6 it reloads by itself twice a minute and no more", async ({ shop, page }) => {
  await shop.feed.open();
  for (let time = 0; time < 2; time++) {
    const reloaded = page.waitForEvent("load");
    await crash(page);
    await reloaded;
    await shop.ready();
  }
  await page.clock.install();
  await crash(page);
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.clock.runFor(30_000);
  await expect(page.getByRole("alertdialog")).toBeVisible();
});

test("inv_b6 a real panic leads to that page within a second", async ({ shop, page, complaints }) => {
  await shop.cart.keep({ "FRU009-A": 2 });
  await shop.feed.open();
  // The app trusts the browser to copy a node: one refusal is a panic in the middle of drawing.
  await page.evaluate(() => {
    const copy = Node.prototype.cloneNode;
    Node.prototype.cloneNode = () => {
      Node.prototype.cloneNode = copy;
      throw new Error("no copy");
    };
  });
  await shop.feed.cards.first().getByRole("link").click();
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 2_000 });
  expect(complaints.join()).toContain("panicked at");
  complaints.length = 0;
  await page.waitForEvent("load");
  await shop.ready();
  expect(await shop.cart.kept(GUEST_KEY)).toContain("FRU009-A");
});

test("inv_b8 a page of yesterday's build reloads once for today's, then says so", async ({ shop, page, complaints }) => {
  await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/");
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 20_000 });
  await page.unroute(/\.wasm$/);
  await page.getByRole("alertdialog").getByRole("button").click();
  await shop.ready();
  await expect(shop.feed.cards.first()).toBeVisible();
  complaints.length = 0;
});

test("inv_b8 one missing file on the way is mended without a word", async ({ shop, page, complaints }) => {
  let missing = 1;
  await page.route(/\.wasm$/, (route) => (missing-- > 0 ? route.fulfill({ status: 404, body: "" }) : route.continue()));
  await page.goto("/");
  await shop.ready();
  await expect(shop.feed.cards.first()).toBeVisible();
  complaints.length = 0;
});
