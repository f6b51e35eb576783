// Paying when it does not go straight: declined, left, cancelled, late, doubled, forged.
// One gateway serves all tests, so those that turn its switches wait for each other.

import { expect, test } from "../fixtures.ts";
import { groupPrice, toPay } from "../pages/catalogue.ts";
import { payTimeIsUp } from "../pages/clock.ts";
import { gateway } from "../pages/gateway.ts";

const SKU = "HOM003-A";
/** Two make a group of blueberries. */
const BERRY = { slug: "yunnan-blueberry", sku: "FRU010-A" };

test("a declined payment takes nothing and can be tried again", async ({ shop, page, customer }) => {
  const order = await (await customer.signIn()).order(SKU);
  await page.goto(await customer.cashier(order));
  await shop.cashier.decline();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.not_paid_title"));
  expect(await gateway.captures(order)).toBe(0);
  await shop.button("checkout.pay_again").click();
  await shop.cashier.pay();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
  expect(await gateway.captures(order)).toBe(1);
});

test("a payment that was left stays open and is paid from the order", async ({ shop, page, customer }) => {
  const order = await (await customer.signIn()).order(SKU);
  await page.goto(await customer.cashier(order));
  await shop.cashier.abandon();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.not_paid_title"));
  await shop.link("checkout.to_order").click();
  await expect(shop.order.statement).toHaveText(shop.t("orders.awaits_title"));
  await shop.button("orders.pay").click();
  await shop.cashier.pay();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
});

test("an unpaid order is cancelled after a question", async ({ shop, customer }) => {
  const order = await (await customer.signIn()).order(SKU);
  await shop.order.open(order);
  await shop.button("orders.cancel").click();
  await expect(shop.sheet).toContainText(shop.t("orders.cancel_unpaid_text"));
  await shop.sheet.getByRole("button", { name: shop.t("orders.cancel_no"), exact: true }).click();
  await expect(shop.order.statement).toHaveText(shop.t("orders.awaits_title"));
  await shop.button("orders.cancel").click();
  await shop.sheet.getByRole("button", { name: shop.t("orders.cancel_yes"), exact: true }).click();
  await expect(shop.order.statement).toHaveText(shop.t("orders.cancelled_title"));
  await expect(shop.button("orders.pay")).toHaveCount(0);
});

test("a paid order that is cancelled is refunded, and the page says when", async ({ shop, customer }) => {
  const order = await (await customer.signIn()).order(SKU);
  await customer.cashier(order);
  await gateway.pay(order);
  await shop.order.open(order);
  await expect(shop.order.statement).toHaveText(shop.t("orders.collect_title"));
  await shop.button("orders.cancel").click();
  await shop.sheet.getByRole("button", { name: shop.t("orders.cancel_yes"), exact: true }).click();
  await expect(shop.order.statement).toHaveText(shop.t("orders.refunded_title"));
});

test.describe("with the gateway's switches", () => {
  test.describe.configure({ mode: "default" });
  test.afterEach(() => gateway.set({}));

  test("a message that comes late: an open order page turns to paid by itself", async ({ shop, customer }) => {
    const order = await (await customer.signIn()).order(SKU);
    await customer.cashier(order);
    await gateway.set({ late_ms: 60_000 });
    await shop.order.open(order);
    await expect(shop.order.statement).toHaveText(shop.t("orders.awaits_title"));
    await gateway.pay(order);
    await gateway.flush();
    await expect(shop.order.statement).toHaveText(shop.t("orders.collect_title"));
  });

  test("a message that is lost: the return page asks the gateway", async ({ shop, page, customer }) => {
    const order = await (await customer.signIn()).order(SKU);
    await gateway.set({ drop: true });
    await page.goto(await customer.cashier(order));
    await shop.cashier.pay();
    await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
  });

  test("a gateway that does not answer: the page says not to pay twice, then that it is paid", async ({ shop, page, customer }) => {
    const order = await (await customer.signIn()).order(SKU);
    await customer.cashier(order);
    await page.route("**/payment-check", (route) => route.fulfill({ status: 503, json: { code: "GATEWAY_UNAVAILABLE", message: "" } }));
    await shop.payment.open(order);
    await expect(shop.payment.statement).toHaveText(shop.t("checkout.unknown_title"), { timeout: 20_000 });
    await page.unroute("**/payment-check");
    await gateway.pay(order);
    await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
  });

  test("g8 money for a seat that was given back meanwhile goes back, and its buyer is told", async ({ shop, customer, somebody }) => {
    test.slow();
    const [leader, other] = [await somebody(), await somebody()];
    for (const one of [leader, other]) await one.customer.signIn();
    const { group } = await leader.customer.paySeat(BERRY.slug, BERRY.sku);
    await customer.signIn();
    const order = await customer.takeSeat(BERRY.slug, BERRY.sku, group);
    await customer.cashier(order);
    await gateway.set({ late_capture: true });
    payTimeIsUp(order);
    await shop.order.open(order);
    await expect(shop.order.statement).toHaveText(shop.t("orders.timed_out_title"));
    await other.customer.paySeat(BERRY.slug, BERRY.sku, group);
    await gateway.pay(order);
    await expect(shop.order.statement).toHaveText(shop.t("orders.group_full_refunded_title"));
    expect(await gateway.refunds(order)).toBe(1);
    await shop.group.open(group);
    await expect(shop.group.statement).toHaveText(shop.t("groups.missed_title"));
    await shop.notifications.open();
    const back = shop.t("notifications.refunded", { amount: toPay(groupPrice(BERRY.sku)) });
    await expect(shop.main).toContainText(back);
  });

  test("doubled and forged messages change nothing", async ({ shop, customer }) => {
    await customer.signIn();
    await gateway.set({ duplicate: 3, forge: true });
    const paid = await customer.order(SKU);
    const unpaid = await customer.order(SKU);
    await customer.cashier(paid);
    await customer.cashier(unpaid);
    await gateway.pay(paid);
    await shop.order.open(paid);
    await expect(shop.order.statement).toHaveText(shop.t("orders.collect_title"));
    await expect(shop.main.getByText(shop.t("orders.paid"), { exact: true }).first()).toBeVisible();
    await expect
      .poll(async () => {
        const forged = (await gateway.deliveries(unpaid)).filter((it) => it.kind !== "true");
        const statuses = forged.flatMap((it) => it.attempts.map((attempt) => attempt.status ?? 0));
        return statuses.length >= 3 && statuses.every((status) => status >= 400 && status < 500);
      })
      .toBe(true);
    await shop.order.open(unpaid);
    await expect(shop.order.statement).toHaveText(shop.t("orders.awaits_title"));
    expect(await gateway.captures(paid)).toBe(1);
  });
});
