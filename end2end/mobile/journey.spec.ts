// The whole way, by hand: from the first page to a paid order, in both languages.

import { expect, languages, test } from "../fixtures.ts";
import { product, said, sku } from "../pages/catalogue.ts";
import { freshPhone } from "../pages/inbox.ts";
import { Shop } from "../pages/shop.ts";

const told = {
  "zh-CN": { words: "草莓", slug: "dandong-strawberry", sku: "FRU001-B", name: "林小满", region: "上海市 徐汇区", detail: "漕溪北路 45 弄 3 号" },
  en: { words: "tea", slug: "brown-sugar-milk-tea", sku: "TEA003-B", name: "Alex Lin", region: "Shanghai, Xuhui", detail: "3, Lane 45, North Caoxi Road" },
};

for (const language of languages) {
  const { words, slug, sku: code, name, region, detail } = told[language];

  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("browse, search, choose, sign in, collect, pay: the order says paid in every tab", async ({ shop, page }) => {
      test.slow();
      const phone = freshPhone();
      const title = said(product(slug).title, language);

      await shop.feed.open();
      await shop.feed.search.click();
      await shop.search.find(words);
      await shop.search.openResult(title);
      await expect(shop.title).toHaveText(title);

      await shop.product.addToCart.click();
      await shop.product.choose(said(sku(code).label, language));
      await shop.product.more();
      await shop.sheet.getByRole("button", { name: shop.t("catalog.add_to_cart"), exact: true }).click();
      await shop.button("catalog.see_cart").click();
      await expect(shop.cart.pieces(slug)).toHaveText("2");
      await shop.cart.expectTotal(sku(code).price * 2);
      await shop.cart.checkOut.click();

      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await shop.signIn.as(phone);
      await expect(page).toHaveURL(/\/checkout/);
      await shop.checkout.collectBy(name, phone);
      await shop.checkout.expectTotal(sku(code).price * 2);
      await shop.checkout.pay.click();

      // Another tab has the order open while it is paid in this one.
      await shop.cashier.isOpen();
      const other = new Shop(await page.context().newPage(), language);
      await other.orders.open();
      await other.main.getByRole("link", { name: title }).click();
      await expect(other.order.statement).toHaveText(other.t("orders.awaits_title"));
      let loads = 0;
      other.page.on("load", () => loads++);

      await shop.cashier.pay();
      await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
      await expect(other.order.statement).toHaveText(other.t("orders.collect_title"));
      expect(loads, "the other tab was not loaded again").toBe(0);

      await shop.link("checkout.to_order").click();
      await expect(shop.order.statement).toHaveText(shop.t("orders.collect_title"));
      await expect(shop.main).toContainText(shop.t("orders.pickup_code"));
    });

    test("bought past the cart and brought to an address written at the checkout", async ({ shop, page, customer }) => {
      await customer.signIn();
      await shop.product.open("folding-umbrella", "HOM006-B");
      await shop.product.buyNow.click();
      await shop.sheet.getByRole("button", { name: shop.words.within("catalog.buy_now") }).click();
      await expect(page).toHaveURL(/\/checkout/);
      await shop.checkout.choose("deliver");
      await shop.checkout.deliverTo(name, customer.phone, region, detail);
      await shop.checkout.pay.click();
      await shop.cashier.pay();
      await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
      await shop.link("checkout.to_order").click();
      await expect(shop.order.statement).toHaveText(shop.t("orders.receive_title"));
      await expect(shop.main).toContainText(detail);
    });
  });
}
