// The way to the cart with the keyboard alone.

import { expect, test } from "../fixtures.ts";
import { tabTo } from "./keyboard.ts";
import { coupon, sold, staff } from "../pages/books.ts";
import { editor } from "../pages/campaigns.ts";

test("from the start page to a filled cart without a pointer", async ({ shop, page }) => {
  await shop.feed.open();
  await tabTo(page, shop.words.within("app.skip"));
  await tabTo(page, /丹东99红颜草莓礼盒/);
  await page.keyboard.press("Enter");
  await expect(shop.title).toBeFocused();
  await tabTo(page, new RegExp(shop.t("catalog.add_to_cart")));
  await page.keyboard.press("Enter");
  await expect(shop.sheet).toBeVisible();
  await tabTo(page, new RegExp(shop.t("catalog.add_to_cart")));
  await page.keyboard.press("Enter");
  await expect(shop.sheet).toHaveCount(0);
  await shop.expectPieces(1);
});

test("whatever has the focus shows it", async ({ shop, page }) => {
  await shop.feed.open();
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return "browser";
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
      const around = focused.matches("a, button, input") && !!focused.closest("article, li")?.matches(":focus-within");
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none" || around ? "shown" : focused.outerHTML.slice(0, 200);
    });
    expect(["shown", "browser"]).toContain(ring);
  }
});

test("one line of an order is given back without a pointer", async ({ somebody, customer, language }) => {
  const owner = await staff("owner", somebody);
  const promotion = await coupon(owner.customer, 500, "键盘券");
  await customer.signIn();
  const order = await sold(customer, ["FRU009-A", "TEA003-B"], promotion, 500, language);
  const { page } = owner;
  await owner.open(`orders/${order}`);
  await tabTo(page, new RegExp(`^ *${owner.t("orders_studio.refund")}$`));
  await page.keyboard.press("Enter");
  await expect(owner.sheet).toBeVisible();
  await owner.sheet.getByRole("radio").first().focus();
  await page.keyboard.press("ArrowRight");
  await tabTo(page, new RegExp(`^${owner.t("app.more")}`));
  await page.keyboard.press("Enter");
  await expect(owner.sheet.getByText(owner.t("orders_studio.goes_back_total"))).toBeVisible();
  await tabTo(page, owner.like("orders_studio.give_back"));
  await page.keyboard.press("Enter");
  await expect(owner.sheet).toHaveCount(0);
  await expect(page.getByText(owner.t("orders_studio.gone_back", { n: 1 }))).toBeVisible();
});

test("a promotion is written without a pointer, and readiness leads to what is missing", async ({ somebody }) => {
  const desk = await editor(somebody);
  const { page } = desk;
  await desk.list();
  await tabTo(page, new RegExp(desk.t("new")));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: desk.t("new") })).toBeFocused();
  await tabTo(page, new RegExp(`^ *${desk.t("full_reduction")}`));
  await page.keyboard.press("Enter");
  await desk.expectCheck("Translations", "block");
  await tabTo(page, new RegExp(desk.t("mend")));
  await page.keyboard.press("Enter");
  await expect(desk.field("title_zh")).toBeFocused();
  await page.keyboard.type("满减");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Full reduction");
  await desk.expectCheck("Translations", "pass");
  await expect(desk.button("do_schedule")).toBeEnabled();
});
