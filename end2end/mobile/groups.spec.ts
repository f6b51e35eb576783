// Group-buy: three people in browsers of their own, a group that nobody fills, a seat that is gone.

import { expect, languages, test } from "../fixtures.ts";
import { groupPrice, product, said, toPay } from "../pages/catalogue.ts";
import { gateway } from "../pages/gateway.ts";
import { timeIsUp } from "../pages/clock.ts";
import { freshPhone } from "../pages/inbox.ts";

/** Three make a group of mangoes, two one of blueberries. */
const MANGO = { slug: "hainan-mango", sku: "FRU002-A", size: 3 };
const BERRY = { slug: "yunnan-blueberry", sku: "FRU010-A", size: 2 };

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const name = language === "en" ? "Alex Lin" : "林小满";

    test("one starts, one is invited and signs in on the way, one completes it: all see it at once", async ({ shop, page, customer, somebody }) => {
      test.slow();
      // A starts a group from the product and pays.
      await customer.signIn();
      await shop.product.open(MANGO.slug);
      await shop.product.start.click();
      await expect(shop.sheet).toContainText(shop.t("groups.price"));
      await shop.product.takeSeat("start_size").click();
      await expect(page).toHaveURL(/\/checkout\/seat\?activity=/);
      await shop.checkout.collectBy(name, customer.phone);
      await shop.checkout.expectTotal(groupPrice(MANGO.sku));
      await shop.checkout.pay.click();
      await shop.cashier.pay();
      await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
      await shop.link("groups.invite").click();
      const id = await shop.group.isOpen();
      await shop.group.expectNeed(2);
      await expect(shop.group.action("invite")).toBeVisible();
      let loads = 0;
      page.on("load", () => loads++);

      // B has only the link.
      const b = await somebody();
      await b.shop.group.open(id);
      await b.shop.group.expectNeed(2);
      await expect(b.shop.group.seats).toHaveCount(MANGO.size);
      await expect(b.shop.group.seats.last()).toContainText(b.shop.t("groups.seat_yours"));
      await b.shop.group.action("login").click();
      const phone = freshPhone();
      await b.shop.signIn.as(phone);
      await b.shop.group.isOpen();
      await b.shop.group.action("join").click();
      await b.shop.product.takeSeat("join").click();
      await expect(b.page).toHaveURL(/\/checkout\/seat\?group=/);
      await b.shop.checkout.collectBy(name, phone);
      await b.shop.checkout.expectTotal(groupPrice(MANGO.sku));
      await b.shop.checkout.pay.click();
      await b.shop.cashier.pay();
      await b.shop.link("groups.invite").click();
      await b.shop.group.isOpen();
      await b.shop.group.expectNeed(1);
      await shop.group.expectNeed(1);
      b.page.on("load", () => loads++);

      // C pays the last seat with the group's page open; nobody loads anything again.
      const c = await somebody();
      await c.customer.signIn();
      const order = await c.customer.takeSeat(MANGO.slug, MANGO.sku, id, language);
      await c.customer.cashier(order);
      await c.shop.group.open(id);
      await expect(c.shop.group.statement).toHaveText(c.shop.t("groups.held_title"));
      c.page.on("load", () => loads++);
      await gateway.pay(order);
      const paid = Date.now();
      const complete = shop.t("groups.complete");
      await Promise.all([shop, b.shop, c.shop].map((one) => expect(one.group.statement).toHaveText(complete)));
      test.info().annotations.push({ type: "seen complete after", description: `${Date.now() - paid} ms` });
      expect(loads, "nobody's page was loaded again").toBe(0);
      await expect(shop.group.seats.last()).not.toContainText(shop.t("groups.seat_yours"));

      // What follows is told, and the order goes on.
      await shop.account.open();
      await expect(shop.notifications.ringingBell).toBeVisible();
      await shop.notifications.open();
      await expect(shop.notifications.entries.first()).toContainText(shop.t("notifications.completed"));
      await shop.account.open();
      await expect(shop.notifications.quietBell).toBeVisible();
      await c.shop.group.action("view_order").click();
      await expect(c.shop.order.statement).toHaveText(c.shop.t("orders.collect_title"));
    });

    test("time is up: every page says so, and the money goes back once", async ({ shop, customer, somebody }) => {
      test.slow();
      await customer.signIn();
      const { order, group } = await customer.paySeat(MANGO.slug, MANGO.sku, undefined, language);
      const b = await somebody();
      await b.customer.signIn();
      const second = await b.customer.paySeat(MANGO.slug, MANGO.sku, group, language);
      await shop.group.open(group);
      await shop.group.expectNeed(1);
      await b.shop.order.open(second.order);
      await expect(b.shop.order.statement).toHaveText(b.shop.t("orders.forming_title"));
      await expect(b.shop.button("orders.cancel"), "a forming group keeps its members").toHaveCount(0);

      timeIsUp(group);
      await expect(shop.group.statement).toHaveText(shop.t("groups.failed"));
      const back = toPay(groupPrice(MANGO.sku));
      await expect(shop.main).toContainText(shop.t("groups.refund_done", { amount: back }));
      await expect(b.shop.order.statement).toHaveText(b.shop.t("orders.group_expired_refunded_title"));
      for (const it of [order, second.order]) expect(await gateway.refunds(it)).toBe(1);

      await shop.notifications.open();
      await expect(shop.main).toContainText(shop.t("notifications.failed", { amount: back }));
      await expect(shop.main).toContainText(said(product(MANGO.slug).title, language));
    });
  });
}

test("f52 who comes too late is not charged and is led to the next group", async ({ shop, page, customer, somebody }) => {
  test.slow();
  const [a, b, late] = [await somebody(), await somebody(), await somebody()];
  for (const one of [a, b, late]) await one.customer.signIn();
  const full = await a.customer.paySeat(BERRY.slug, BERRY.sku);
  const next = await late.customer.paySeat(BERRY.slug, BERRY.sku);
  await customer.signIn();
  await shop.open(`/checkout/seat?group=${full.group}&sku=${BERRY.sku}&n=1`);
  await shop.checkout.collectBy("林小满", customer.phone);
  await expect(shop.text("checkout.overflow_title").first()).toBeVisible();
  await expect(page.getByRole("radio", { name: shop.words.within("checkout.overflow_refund") })).toBeChecked();
  await b.customer.paySeat(BERRY.slug, BERRY.sku, full.group);
  await shop.checkout.pay.click();
  await expect(shop.sheet).toContainText(shop.t("checkout.full_title"));
  await shop.sheet.getByRole("link", { name: shop.t("groups.join_next"), exact: true }).click();
  await expect(page).toHaveURL(/\/checkout\/seat\?group=/);
  expect(page.url()).not.toContain(full.group);
  await shop.checkout.pay.click();
  await shop.cashier.pay();
  await expect(shop.payment.statement).toHaveText(shop.t("checkout.paid_title"));
  expect(next.group).toBeTruthy();
});

test("g3 a member who joins again is led to the group", async ({ shop, customer }) => {
  await customer.signIn();
  const { group } = await customer.paySeat(MANGO.slug, MANGO.sku);
  await shop.open(`/checkout/seat?group=${group}&sku=${MANGO.sku}&n=1`);
  await expect(shop.text("checkout.member_title")).toBeVisible();
  await shop.link("checkout.to_group").click();
  expect(await shop.group.isOpen()).toBe(group);
  await expect(shop.group.action("invite")).toBeVisible();
});

test("g18 without a stream the page asks, and comes to the same", async ({ shop, page, customer, somebody }) => {
  const a = await somebody();
  await a.customer.signIn();
  const { group } = await a.customer.paySeat(MANGO.slug, MANGO.sku);
  await page.route("**/api/events**", (route) => route.abort());
  await shop.group.open(group);
  await shop.group.expectNeed(2);
  await customer.signIn();
  await customer.paySeat(MANGO.slug, MANGO.sku, group);
  await shop.group.expectNeed(1);
});

test("a group that is not there says so", async ({ shop }) => {
  await shop.open("/g/nothing");
  await expect(shop.text("app.missing_title").first()).toBeVisible();
});
