// What the browser keeps of the cart, and what happens when the browser does not play along
// (reliability: inv.B1 to inv.B4).

import { expect, test } from "../fixtures.ts";
import { GUEST_KEY } from "../pages/cart.ts";
import { Shop } from "../pages/shop.ts";

const PEACH = "yangshan-peach";
const PEACHES = "FRU009-A";
const MILK = "pasture-fresh-milk";
const MILKS = "TEA006-A";

test("a cart outlives a reload", async ({ shop, page }) => {
  await shop.product.add(PEACH, PEACHES, 2);
  await shop.cart.open();
  await expect(shop.cart.pieces(PEACH)).toHaveText("2");
  await page.reload();
  await shop.ready();
  await expect(shop.cart.pieces(PEACH)).toHaveText("2");
  await shop.expectPieces(2);
});

const damaged: Record<string, string> = {
  "text that is no JSON": "{oops",
  "another kind of JSON": "[1,2,3]",
  "a cart of absurd numbers": '{"v":2,"lines":[{"sku":"FRU009-A","qty":-4,"added_at":1,"chosen":true}]}',
  "half a surrogate pair": '"\ud800"',
  "nothing at all": "",
};
for (const [what, text] of Object.entries(damaged)) {
  test(`inv_b1 ${what} in the cart's place: the shop opens and keeps it aside`, async ({ shop }) => {
    await shop.cart.keepText(GUEST_KEY, text);
    await shop.cart.open();
    await expect(shop.text("cart.was_damaged")).toBeVisible();
    await expect(shop.cart.isEmpty).toBeVisible();
    expect(await shop.cart.kept("cart.bad")).toBe(text);
    await shop.product.add(PEACH, PEACHES);
    await shop.expectPieces(1);
  });
}

test("inv_b2 a browser that stores nothing: a cart in memory, and a word about it", async ({ shop, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await shop.product.add(PEACH, PEACHES);
  await shop.link("app.tab_cart_count", { n: 1 }).first().click();
  await expect(shop.cart.row(PEACH)).toBeVisible();
  await expect(shop.text("cart.not_kept")).toBeVisible();
});

test("inv_b2 a browser without room: a cart in memory, and a word about it", async ({ shop, page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await shop.product.add(PEACH, PEACHES);
  await shop.link("app.tab_cart_count", { n: 1 }).first().click();
  await expect(shop.cart.row(PEACH)).toBeVisible();
  await expect(shop.text("cart.not_kept")).toBeVisible();
});

test("inv_b3 two tabs that add at once both count", async ({ shop, page, language }) => {
  const other = new Shop(await page.context().newPage(), language);
  await Promise.all([shop.product.add(PEACH, PEACHES, 2), other.product.add(PEACH, PEACHES, 3)]);
  await Promise.all([shop.product.add(MILK, MILKS), other.product.add(MILK, MILKS)]);
  for (const tab of [shop, other]) {
    await tab.expectPieces(7);
    await tab.cart.open();
    await expect(tab.cart.pieces(PEACH)).toHaveText("5");
    await expect(tab.cart.pieces(MILK)).toHaveText("2");
  }
});

test("inv_b3 what one tab removes the other shows no more", async ({ shop, page, language }) => {
  await shop.cart.keep({ [PEACHES]: 1, [MILKS]: 1 });
  await shop.cart.open();
  const other = new Shop(await page.context().newPage(), language);
  await other.cart.open();
  await expect(other.cart.rows).toHaveCount(2);
  await shop.button("cart.manage").click();
  await shop.cart.tick(MILK).check();
  await shop.button("cart.remove_count", { n: 1 }).click();
  await expect(other.cart.rows).toHaveCount(1);
  await shop.button("cart.undo").click();
  await expect(other.cart.rows).toHaveCount(2);
});

for (const [what, key, text] of [
  ["first", "cart:v1:web:guest", `{"v":1,"lines":[{"sku":"${PEACHES}","qty":2,"added_at":9}]}`],
  ["second", "cart:v2:web:guest", `{"v":2,"lines":[{"sku":"${PEACHES}","qty":2,"added_at":9,"chosen":true}]}`],
] as const) {
  test(`inv_b4 a cart of the ${what} version is brought along`, async ({ shop }) => {
    await shop.cart.keepText(key, text);
    await shop.cart.open();
    await expect(shop.cart.pieces(PEACH)).toHaveText("2");
    await shop.cart.more(PEACH);
    await expect(shop.cart.pieces(PEACH)).toHaveText("3");
    await expect.poll(() => shop.cart.kept(key)).toBeNull();
    expect(await shop.cart.kept(GUEST_KEY)).toContain(PEACHES);
  });
}

test("inv_b4 a newer version's cart is not touched", async ({ shop }) => {
  const newer = '{"v":9,"baskets":[]}';
  await shop.cart.keepText("cart:v9:web:guest", newer);
  await shop.product.add(PEACH, PEACHES);
  await shop.expectPieces(1);
  expect(await shop.cart.kept("cart:v9:web:guest")).toBe(newer);
});

test("inv_b4 newer text under our own key is kept for the version that wrote it", async ({ shop }) => {
  const newer = '{"v":9,"baskets":[]}';
  await shop.cart.keepText(GUEST_KEY, newer);
  await shop.cart.open();
  await expect(shop.text("cart.is_newer")).toBeVisible();
  expect(await shop.cart.kept(`${GUEST_KEY}:kept-v9`)).toBe(newer);
});
