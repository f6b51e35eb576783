// Prices, stock and limits that move between the cart and the checkout (r3_0_1, inv.B5). Each test
// imports the catalogue with changes of its own, so they wait for each other.

import { expect, test } from "../fixtures.ts";
import { GUEST_KEY } from "../pages/cart.ts";
import { importChanged, product, said, shown, sku } from "../pages/catalogue.ts";

const PLANT = "window-sill-plants";
const PLANTS = "HOM004-A";
/** Of the one order that is placed here and stays unpaid. */
const MIDDLING = "HOM004-B";
const BULB = "warm-led-bulb";
const BULBS = "HOM003-B";

test.describe.configure({ mode: "default" });
test.afterAll(() => importChanged({}));

test("r3_0_1 a dearer line is not counted until its price is taken", async ({ shop }) => {
  importChanged({ [PLANTS]: { price: sku(PLANTS).price + 500 } });
  await shop.cart.keep({ [PLANTS]: 1, [BULBS]: 1 });
  await shop.cart.open();
  await expect(shop.cart.row(PLANT)).toContainText(shop.t("cart.dearer", { by: "¥5" }));
  await expect(shop.cart.row(PLANT)).toContainText(shown(sku(PLANTS).price));
  await expect(shop.cart.tick(PLANT)).toBeDisabled();
  await shop.cart.expectTotal(sku(BULBS).price);
  await shop.cart.acceptPrice.click();
  await expect(shop.cart.tick(PLANT)).toBeChecked();
  await shop.cart.expectTotal(sku(BULBS).price + sku(PLANTS).price + 500);
});

test("r3_0_1 a price that moves while one is at the checkout is asked about, old and new", async ({ shop, customer }) => {
  importChanged({});
  await shop.cart.keep({ [MIDDLING]: 1 });
  await shop.cart.open();
  await customer.signIn();
  await shop.open("/checkout");
  await shop.checkout.collectBy("林小满", customer.phone);
  await shop.checkout.expectTotal(sku(MIDDLING).price);
  importChanged({ [MIDDLING]: { price: sku(MIDDLING).price + 1000 } });
  await shop.checkout.pay.click();
  await expect(shop.sheet).toContainText(shop.t("checkout.moved_title"));
  await expect(shop.sheet).toContainText(
    shop.t("checkout.moved_line", { was: shown(sku(MIDDLING).price), now: shown(sku(MIDDLING).price + 1000) }),
  );
  await shop.button("checkout.moved_accept").click();
  await shop.cashier.isOpen();
  await expect(shop.page.getByRole("main")).toContainText(((sku(MIDDLING).price + 1000) / 100).toFixed(2));
});

test("inv_b5 what sold out stays in the cart, greyed, and is not counted", async ({ shop }) => {
  importChanged({ [PLANTS]: { stock: 0 } });
  await shop.cart.keep({ [PLANTS]: 1, [BULBS]: 2 });
  await shop.cart.open();
  await expect(shop.cart.row(PLANT)).toContainText(shop.t("cart.sold_out"));
  await expect(shop.cart.tick(PLANT)).toBeDisabled();
  await shop.cart.expectTotal(sku(BULBS).price * 2);
  await shop.cart.row(PLANT).getByRole("button", { name: shop.t("cart.remove"), exact: true }).click();
  await expect(shop.cart.row(PLANT)).toHaveCount(0);
});

test("r3_8 a guest's cart is at the checkout though the session is known before the cart's code has come", async ({ page, shop, customer }) => {
  importChanged({});
  await shop.cart.keep({ [BULBS]: 2 });
  await shop.cart.open();
  await customer.signIn();
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(/-split_customer\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  await shop.open("/checkout");
  await shop.checkout.expectTotal(sku(BULBS).price * 2);
  release();
  await expect.poll(() => shop.cart.kept(GUEST_KEY)).toBeNull();
  await shop.checkout.collectBy("林小满", customer.phone);
  await shop.checkout.expectTotal(sku(BULBS).price * 2);
});

test("inv_b5 when fewer are left than wanted, the smaller number is offered", async ({ shop }) => {
  importChanged({ [PLANTS]: { stock: 2 } });
  await shop.cart.keep({ [PLANTS]: 5, [BULBS]: 1 });
  await shop.cart.open();
  await expect(shop.cart.row(PLANT)).toContainText(shop.t("cart.only_left", { n: 2 }));
  await shop.cart.expectTotal(sku(BULBS).price);
  await shop.button("cart.accept_count", { n: 2 }).click();
  await expect(shop.cart.pieces(PLANT)).toHaveText("2");
  await shop.cart.expectTotal(sku(BULBS).price + 2 * sku(PLANTS).price);
});

test("inv_b5 more than one person may have is not counted until corrected", async ({ shop }) => {
  importChanged({});
  await shop.cart.keep({ [BULBS]: 150 });
  await shop.cart.open();
  await expect(shop.cart.row(BULB)).toContainText(shop.words.within("cart.over_limit"));
  await shop.page.getByRole("button", { name: shop.words.like("cart.accept_count") }).click();
  await expect(shop.cart.tick(BULB)).toBeChecked();
});

test("inv_b5 a thing that was never sold is shown as gone, and the rest can be ordered", async ({ shop }) => {
  await shop.cart.keep({ [BULBS]: 1, "NO-SUCH-SKU": 1 }, { "NO-SUCH-SKU": 100 });
  await shop.cart.open();
  await expect(shop.text("cart.gone_title")).toBeVisible();
  await shop.cart.expectTotal(sku(BULBS).price);
  await expect(shop.cart.checkOut).toBeEnabled();
});

test("sold out between the cart and paying: nothing is taken, and it says what to do", async ({ shop, customer }) => {
  importChanged({});
  await shop.cart.keep({ [PLANTS]: 1 });
  await shop.cart.open();
  await customer.signIn();
  await shop.open("/checkout");
  await shop.checkout.collectBy("林小满", customer.phone);
  importChanged({ [PLANTS]: { stock: 0 } });
  await shop.checkout.pay.click();
  const title = said(product(PLANT).title, "zh-CN");
  await expect(shop.sheet).toContainText(shop.t("checkout.sold_out_all", { what: title }));
  await shop.link("checkout.back_to_cart").click();
  await expect(shop.cart.row(PLANT)).toContainText(shop.t("cart.sold_out"));
});
