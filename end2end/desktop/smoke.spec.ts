// A wide screen and a mouse: the same shop, five goods in a row, everything within reach.

import { expect, test } from "../fixtures.ts";
import { sku } from "../pages/catalogue.ts";

test("five goods stand in a row", async ({ shop }) => {
  await shop.feed.open();
  const boxes = await shop.feed.cards.evaluateAll((cards) => cards.slice(0, 6).map((card) => card.getBoundingClientRect().top));
  expect(new Set(boxes.slice(0, 5)).size).toBe(1);
  expect(boxes[5]).toBeGreaterThan(boxes[0]!);
  await shop.expectNoSidewaysScroll();
});

test("a thing is found, put into the cart and paid", async ({ shop, customer }) => {
  test.slow();
  await customer.signIn();
  await shop.feed.open();
  await shop.feed.search.click();
  await shop.search.find("折叠伞");
  await shop.search.results.first().waitFor();
  await shop.product.add("folding-umbrella", "HOM006-A");
  await shop.cart.open();
  await shop.cart.expectTotal(sku("HOM006-A").price);
  await shop.cart.checkOut.click();
  await shop.checkout.collectBy("林小满", customer.phone);
  await shop.checkout.pay.click();
  await shop.cashier.pay();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
});
