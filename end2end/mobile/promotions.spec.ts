// What shoppers get of promotions: a coupon from the centre to the order, a flash sale from its page to the cart, and
// what staff sees of them beforehand.

import { expect, test } from "../fixtures.ts";
import { sku } from "../pages/catalogue.ts";
import { gateway } from "../pages/gateway.ts";
import { coupon, draft, editor, end, flashSale, schedule } from "../pages/promotions.ts";

/** Kites and light bulbs, which no other test buys. */
const KITE = { slug: "rainbow-kite", sku: "KID004-A" };
const BULB = { slug: "warm-led-bulb", sku: "HOM003-A" };
const SALE = 1990;

test("a coupon is claimed, used by itself, taken off and put on again, and paid by", async ({ shop, page, customer, somebody }) => {
  const staff = await editor(somebody);
  const title = `满减券 ${customer.phone}`;
  const id = await draft(staff, coupon(title, title, 1000, 300));
  await schedule(staff, id);
  await customer.signIn();
  await shop.open("/coupons");
  const card = page.getByRole("listitem").filter({ hasText: title });
  await expect(card).toContainText(shop.t("promotions.from_sum", { amount: "¥10" }));
  await card.getByRole("button", { name: shop.t("promotions.claim"), exact: true }).click();
  await expect(card.getByRole("button", { name: shop.t("promotions.claimed_all"), exact: true })).toBeDisabled();
  await shop.choose(page.getByRole("main"), shop.t("promotions.tab_wallet"));
  await expect(page.getByRole("listitem").filter({ hasText: title })).toBeVisible();

  const full = sku(BULB.sku).price;
  await shop.open(`/checkout?sku=${BULB.sku}&n=1`);
  const row = page.getByRole("button", { name: shop.words.within("promotions.coupon") });
  await expect(row).toContainText("−¥3");
  await shop.checkout.collectBy("林小满", customer.phone);
  await shop.checkout.expectTotal(full - 300);
  const used = shop.sheet.getByRole("checkbox");
  await row.click();
  await expect(used).toBeChecked();
  await used.click();
  await shop.checkout.expectTotal(full);
  await row.click();
  await used.click();
  await shop.checkout.expectTotal(full - 300);
  await shop.checkout.pay.click();
  await shop.cashier.pay();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
  const order = /[^/]+$/.exec(new URL(page.url()).pathname)![0];
  expect(await gateway.captures(order)).toBe(1);
  expect((await customer.get(`/api/orders/${order}`)).card.total.minor).toBe(full - 300);
  await shop.open("/coupons");
  await shop.choose(page.getByRole("main"), shop.t("promotions.tab_wallet"));
  await expect(page.getByRole("listitem").filter({ hasText: title })).toContainText(shop.t("promotions.used"));
  await end(staff, id);
});

test("staff previews a flash sale that shoppers know nothing of until it is published", async ({ shop, page, somebody }) => {
  const staff = await editor(somebody);
  const title = "风筝抢购";
  const id = await draft(staff, flashSale(title, title, KITE.sku, SALE, 5));
  const wish = { as_of: Date.now() + 60_000, persona: { guest: true }, drafts: [id], minutes: 10 };
  const { token } = await staff.customer.post("/api/studio/previews", wish);
  const seen = staff.page;
  await seen.goto(`/flash?preview=${token}`);
  const bar = seen.locator(".preview-bar");
  await expect(bar).toContainText("不会下单");
  await seen.getByRole("article").getByRole("link", { name: staff.shop.t("promotions.flash_buy"), exact: true }).click();
  await expect(staff.shop.main).toContainText("19.9");
  await expect(seen).toHaveURL(/preview=/);
  // Loaded anew it is of the same moment still, and what one does in it is refused.
  await seen.reload();
  await expect(staff.shop.main).toContainText("19.9");
  await expect(bar).toContainText("不会下单");
  const refused = await seen.evaluate(async () => {
    const answer = await fetch("/api/cart", { method: "PUT", body: JSON.stringify({ lines: [] }), headers: { "content-type": "application/json" } });
    return (await answer.json()).code;
  });
  expect(refused).toBe("PREVIEW_READ_ONLY");

  await shop.product.open(KITE.slug, KITE.sku);
  await expect(shop.main).toContainText("29");
  await expect(shop.main).not.toContainText(shop.t("promotions.flash"));
  await schedule(staff, id);
  await shop.open("/flash");
  const one = page.getByRole("article");
  await expect(one).toContainText(shop.t("promotions.flash_left", { left: "5" }));
  await one.getByRole("link", { name: shop.t("promotions.flash_buy"), exact: true }).click();
  await expect(shop.main.getByRole("link", { name: shop.words.within("promotions.flash") })).toContainText(shop.t("promotions.flash_until"));
  await expect(shop.main).toContainText("19.9");
  await end(staff, id);
});

test("a preview that is over says so", async ({ page, shop }) => {
  await page.goto("/?preview=none");
  await shop.ready();
  await expect(page.locator(".preview-bar")).toHaveText("预览已结束，请在工作台重新生成");
});
