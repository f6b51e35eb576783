// Looking around: the feed, the categories, the search, a product.

import { expect, languages, test } from "../fixtures.ts";
import { catalogue, product, said, sku } from "../pages/catalogue.ts";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("the start page shows goods, banners and the way everywhere", async ({ shop, page }) => {
      await shop.feed.open();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(shop.feed.banners.getByRole("link").first()).toBeVisible();
      await expect(shop.tabs.getByRole("link")).toHaveCount(5);
      const fruit = catalogue.categories.find((it) => it.id === "fruit")!;
      await shop.feed.categories.getByRole("link", { name: said(fruit.name, language), exact: true }).click();
      await expect(page).toHaveURL(/\/category\/fruit/);
      await expect(shop.category.rows.first()).toBeVisible();
    });

    test("a product says what it costs, how it comes and what others think", async ({ shop, page }) => {
      await shop.product.open("dandong-strawberry");
      await expect(page.getByRole("group", { name: shop.t("catalog.pictures"), exact: true })).toBeVisible();
      await expect(shop.product.chosen).toContainText(said(sku("FRU001-A").label, language));
      await expect(shop.main).toContainText(shop.t("catalog.delivery"));
      await expect(shop.main.getByRole("heading", { name: shop.words.like("catalog.reviews") })).toBeVisible();
    });
  });
}

test("草莓 finds strawberries", async ({ shop }) => {
  await shop.feed.open();
  await shop.feed.search.click();
  await shop.search.find("草莓");
  await expect(shop.search.titles.filter({ hasText: "丹东99红颜草莓礼盒" })).toBeVisible();
  await expect(shop.page).toHaveURL(/q=%E8%8D%89%E8%8E%93/);
});

test.describe("in English", () => {
  test.use({ language: "en" });

  test("tea finds tea, and nothing that only sounds like it", async ({ shop }) => {
    await shop.search.open();
    await shop.search.find("tea");
    await expect(shop.search.titles.filter({ hasText: "Brown sugar bubble milk tea" })).toBeVisible();
    await expect(shop.search.titles.filter({ hasText: "steak" })).toHaveCount(0);
  });
});

test("sorted by price, each result costs at least what the one before does", async ({ shop }) => {
  await shop.search.open("?q=%E8%8C%B6");
  await shop.search.results.first().waitFor();
  await shop.search.sort("price").click();
  await expect(shop.page).toHaveURL(/sort=price_up/);
  await expect(shop.search.sort("price")).toHaveAttribute("aria-pressed", "true");
  await expect
    .poll(async () => {
      const texts = await shop.search.results.allInnerTexts();
      const prices = texts.map((text) => Number(text.match(/¥\s*([\d,.]+)/)?.[1]?.replace(",", "")));
      return prices.length > 1 && prices.every((price, at) => at === 0 || prices[at - 1]! <= price);
    })
    .toBe(true);
});

test("what cannot be had together is greyed and says so", async ({ shop, page }) => {
  // In blue the dress comes in S and M, not in L.
  const dress = product("pleated-dress");
  await shop.product.open(dress.slug, "WEA001-A");
  await shop.product.chosen.click();
  const values = dress.options.flatMap((option) => option.values);
  await expect(shop.sheet.getByRole("radio")).toHaveCount(values.length);
  const greyed = shop.sheet.locator("label").filter({ has: page.locator("input:disabled") });
  const large = dress.options.find((it) => it.id === "size")!.values.find((it) => it.id === "l")!;
  await expect(greyed.filter({ hasText: said(large.label, "zh-CN") })).toContainText(shop.t("catalog.not_made"));
});

test("an empty search says so and offers a way on", async ({ shop }) => {
  await shop.search.open();
  await shop.search.find("榴莲千层");
  await expect(shop.text("catalog.nothing_for", { q: "榴莲千层" })).toBeVisible();
});

test("an address that leads nowhere leads back to the shop", async ({ shop }) => {
  await shop.open("/nowhere");
  await expect(shop.main.getByText(shop.t("app.missing_title")).first()).toBeVisible();
  await shop.link("app.see_shop").click();
  await expect(shop.feed.cards.first()).toBeVisible();
});

test("a product that is not there says so", async ({ shop }) => {
  await shop.open("/p/no-such-thing");
  await expect(shop.main.getByText(shop.t("app.missing_title")).first()).toBeVisible();
});
