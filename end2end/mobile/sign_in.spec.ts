// Signing in and out, and what that does to the cart.

import { expect, test } from "../fixtures.ts";
import { product } from "../pages/catalogue.ts";
import { codeFor, freshPhone } from "../pages/inbox.ts";

const PEACH = "yangshan-peach";
const MILK = "pasture-fresh-milk";

test("a wrong number and a wrong code are said so, and nothing is lost", async ({ shop }) => {
  const phone = freshPhone();
  await shop.signIn.open("/orders");
  await shop.signIn.phone.fill("138");
  await shop.button("account.get_code").click();
  await expect(shop.text("account.not_a_phone")).toBeVisible();
  await shop.signIn.ask(phone);
  const right = await codeFor(shop.page, phone);
  await shop.signIn.code.pressSequentially(right === "000000" ? "000001" : "000000");
  await expect(shop.page.getByText(shop.words.within("account.wrong_code_left"))).toBeVisible();
  await shop.signIn.code.fill("");
  await shop.signIn.code.pressSequentially(right);
  await expect(shop.page).toHaveURL(/\/orders$/);
});

test("signing in never leads out of the shop", async ({ shop }) => {
  await shop.signIn.open("//example.org/");
  await shop.signIn.as(freshPhone());
  await expect(shop.page).toHaveURL(/\/account$/);
});

test("r3_8 a session joins both carts and says so; signing out leaves an empty one", async ({ shop, page, customer }) => {
  await customer.signIn();
  await customer.keepCart({ "TEA006-A": 2 });
  const session = await page.context().cookies();
  await page.context().clearCookies();
  await shop.cart.keep({ "TEA006-A": 1, "FRU009-A": 1 });
  await shop.cart.open();
  await expect(shop.cart.pieces(MILK)).toHaveText("1");
  await page.context().addCookies(session);
  await page.reload();
  await shop.ready();

  await expect(shop.cart.pieces(MILK)).toHaveText("3");
  await expect(shop.cart.pieces(PEACH)).toHaveText("1");
  const what = product(MILK).title.zh;
  await expect(shop.text("cart.merged_summed", { what, n: 3 })).toBeVisible();
  await shop.button("cart.understood").click();
  await expect(shop.text("cart.merged_summed", { what, n: 3 })).toHaveCount(0);

  await shop.account.open();
  await shop.account.signOut.click();
  await shop.tabs.getByRole("link", { name: shop.words.within("app.tab_cart") }).click();
  await expect(shop.cart.isEmpty).toBeVisible();
});

test("the account's pages ask to sign in and come back afterwards", async ({ shop }) => {
  await shop.open("/orders");
  await shop.link("app.sign_in").click();
  await shop.signIn.as(freshPhone());
  await expect(shop.page).toHaveURL(/\/orders$/);
  await expect(shop.text("orders.empty_title")).toBeVisible();
});

test("language and appearance are chosen in the account and stay", async ({ shop, page }) => {
  await shop.account.open();
  await shop.account.choose("theme", shop.t("account.theme_dark"));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await shop.account.choose("language", "English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await shop.ready();
  await page.reload();
  await shop.ready();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a name is changed on the account's page, refused where it hides something, and masked to others", async ({ shop, customer, somebody }) => {
  await customer.signIn();
  await shop.account.open();
  await shop.button("account.name_change").click();
  const name = shop.sheet.getByLabel(shop.t("account.name"), { exact: true });
  await name.fill("<b>小周</b>");
  await shop.button("account.name_save").click();
  await expect(shop.sheet.getByRole("alert")).toHaveText(shop.t("account.name_unfit"));
  await name.fill("周小鱼");
  await shop.button("account.name_save").click();
  await expect(shop.sheet).toHaveCount(0);
  await expect(shop.main.getByRole("heading", { name: "周小鱼" })).toBeVisible();
  const { group } = await customer.paySeat("hainan-mango", "FRU002-A");
  const stranger = await somebody();
  await stranger.shop.group.open(group);
  await expect(stranger.shop.group.seats.first()).toContainText("周**");
  await expect(stranger.shop.main).not.toContainText("小鱼");
});
