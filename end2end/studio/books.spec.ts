// Orders and books at the desk: support gives back one of two lines, the accountant finds every cent of it.

import { expect, test } from "../fixtures.ts";
import { coupon, sold, staff } from "../pages/books.ts";
import { sku, toPay } from "../pages/catalogue.ts";
import { gateway } from "../pages/gateway.ts";

const [KEPT, BACK] = ["FRU009-A", "TEA003-B"];
const OFF = 500;

test("one of two lines goes back once, and report, result and file say the same", async ({ somebody, customer, language }) => {
  test.setTimeout(120_000);
  const owner = await staff("owner", somebody);
  const name = `账本券 ${Date.now()}`;
  const promotion = await coupon(owner.customer, OFF, name);
  await customer.signIn();
  const order = await sold(customer, [KEPT, BACK], promotion, OFF, language);

  const support = await staff("support", somebody);
  await support.open("orders");
  await support.field("orders_studio.find").fill(order.slice(-12));
  await support.button("app.search").click();
  await support.page.getByRole("link").filter({ hasText: order.slice(-10) }).click();
  await support.button("orders_studio.refund").click();
  await support.choose("orders_studio.some_lines");
  const line = support.sheet.getByRole("group").nth(1);
  await line.getByRole("button", { name: support.t("app.more") }).click();
  const back = support.sheet.getByRole("button", { name: support.like("orders_studio.give_back") });
  await expect(back).toBeEnabled();
  const amount = Number((await back.textContent())!.replace(/[^\d.]/g, ""));
  const paid = sku(BACK).price - Math.floor((OFF * sku(BACK).price) / (sku(KEPT).price + sku(BACK).price));
  expect(Math.abs(amount * 100 - paid), "its price less its part of the coupon, to a cent").toBeLessThanOrEqual(1);
  await back.click();
  await expect(support.sheet).toHaveCount(0);
  await expect(support.page.getByText(support.t("orders_studio.gone_back", { n: 1 }))).toBeVisible();
  await expect.poll(() => gateway.refunds(order), { timeout: 20_000 }).toBe(1);
  const seen = await customer.get(`/api/orders/${order}`);
  await expect.poll(async () => (await customer.get(`/api/orders/${order}`)).refunded.minor).toBe(Math.round(amount * 100));
  expect(seen.card.state).toBe("received");

  const accountant = await staff("accountant", somebody);
  await accountant.open("books");
  await expect(accountant.page.getByRole("link", { name: accountant.t("goods_studio.name"), exact: true })).toHaveCount(0);
  const entries = await accountant.download();
  const minor = (account: string, of: (entry: Record<string, string>) => boolean) =>
    entries.filter((it) => it.account === account && of(it)).reduce((sum, it) => sum + Number(it.minor), 0);
  await accountant.page.getByRole("link", { name, exact: true }).click();
  await expect(accountant.page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(accountant.amount("books.revenue")).toHaveText(toPay(sku(KEPT).price));
  const discount = minor("DISCOUNT_STORE", (it) => it.campaign === promotion);
  expect(-minor("REVENUE", (it) => it.id === order)).toBe(sku(KEPT).price);
  await expect(accountant.amount("books.discount_store")).toHaveText(`-${toPay(discount)}`);
  const result: { result: { minor: number }; commission: { minor: number }; cost: { minor: number } } =
    await accountant.customer.get(`/api/studio/campaigns/${promotion}/result`);
  expect(result.result.minor).toBe(sku(KEPT).price - discount - result.commission.minor - result.cost.minor);
  await expect(accountant.amount("books.left")).toHaveText(toPay(result.result.minor));
  await expect(accountant.page.getByRole("rowheader", { name: new RegExp(order) })).toBeVisible();
});

test("an owner changes a stock, and the record says so", async ({ somebody }) => {
  const owner = await staff("owner", somebody);
  await owner.open("goods");
  await owner.field("goods_studio.find").fill("HOM004");
  await owner.button("app.search").click();
  await expect(owner.page.getByRole("region")).toHaveCount(1);
  await owner.page.getByRole("button", { name: new RegExp(`^${owner.t("goods_studio.change_stock")}`) }).first().click();
  await owner.sheet.getByLabel(owner.t("goods_studio.pieces")).fill("3");
  await owner.sheet.getByRole("button", { name: owner.t("studio.keep") }).click();
  await expect(owner.sheet).toHaveCount(0);
  await owner.open("books/record");
  await expect(owner.page.getByRole("listitem").filter({ hasText: owner.t("books.did_stock") }).first()).toBeVisible();
});

test("a host finds no orders, goods or books, by name or by address", async ({ somebody }) => {
  const host = await staff("host", somebody);
  await host.open("live");
  for (const key of ["orders_studio.name", "goods_studio.name", "books.name"]) await expect(host.link(key)).toHaveCount(0);
  for (const path of ["orders", "goods", "books", "books/record"]) {
    await host.page.goto(`/studio/${path}`);
    await expect(host.page.getByText(host.t("studio.no_role"))).toBeVisible({ timeout: 30_000 });
  }
  for (const path of ["orders", "products", "books/report?from=0&until=1", "actions"]) {
    const answer = await host.page.request.get(`/api/studio/${path}`);
    expect(answer.status(), path).toBe(403);
  }
});
