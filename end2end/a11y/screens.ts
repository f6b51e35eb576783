// Every screen of the shop by name, and how to come to see it. The accessibility check and the
// pictures of the documentation walk the same list.

import type { Page } from "@playwright/test";
import { coupon, Desk, employ, sold } from "../pages/books.ts";
import { Campaigns, saleTerms } from "../pages/campaigns.ts";
import { sku } from "../pages/catalogue.ts";
import { Customer } from "../pages/customer.ts";
import { gateway } from "../pages/gateway.ts";
import { storeCompletes, timeIsUp } from "../pages/clock.ts";
import type { Shop } from "../pages/shop.ts";
import { grant } from "../pages/studio.ts";
import { makeCreator } from "../pages/videos.ts";

export type Screen = {
  name: string;
  /** Opens it and waits until its content is there. */
  open: (shop: Shop, page: Page) => Promise<void>;
};

const BASKET = { "FRU009-A": 1, "FRU001-B": 1, "TEA003-B": 2 };

/** A customer with an order, in its language. */
async function ordered(shop: Shop, page: Page): Promise<{ customer: Customer; order: string }> {
  const customer = await new Customer(page).signIn();
  return { customer, order: await customer.order("FRU009-A", 1, shop.language) };
}

async function paid(shop: Shop, page: Page): Promise<string> {
  const { customer, order } = await ordered(shop, page);
  await customer.cashier(order);
  await gateway.pay(order);
  return order;
}

/** Three make a group of mangoes, two one of blueberries. */
const MANGO = { slug: "hainan-mango", sku: "FRU002-A" };
const BERRY = { slug: "yunnan-blueberry", sku: "FRU010-A" };

/** A group that somebody else has started, and paid for. */
async function opened(shop: Shop, page: Page, goods = MANGO, members = 1): Promise<string> {
  let group: string | undefined;
  for (let n = 0; n < members; n++) {
    const context = await page.context().browser()!.newContext();
    const member = await new Customer(await context.newPage()).signIn();
    group = (await member.paySeat(goods.slug, goods.sku, group, shop.language)).group;
    await context.close();
  }
  return group!;
}

/** A group that this browser's customer has started. */
async function mine(shop: Shop, page: Page, goods = MANGO): Promise<{ order: string; group: string }> {
  const customer = await new Customer(page).signIn();
  return customer.paySeat(goods.slug, goods.sku, undefined, shop.language);
}

/** A customer whose links brought an order: two links, one with a label. */
async function shared(shop: Shop, page: Page): Promise<Customer> {
  const customer = await new Customer(page).signIn();
  const target = (slug: string) => ({ kind: "product", slug });
  await customer.post("/api/shares", { target: target("pleated-dress"), channel: "poster", sub_id: "video-1" }, shop.language);
  const { token } = await customer.post("/api/shares", { target: target("commuter-handbag"), channel: "chat" }, shop.language);
  const context = await page.context().browser()!.newContext();
  const friend = await new Customer(await context.newPage()).signIn();
  await friend.post("/api/share/open", { token });
  await friend.buy("WEA006-A");
  await context.close();
  return customer;
}

/** An owner at the desk, with an order of two things that was delivered by a coupon. */
async function tended(shop: Shop, page: Page): Promise<{ desk: Desk; order: string; promotion: string }> {
  const desk = new Desk(page, shop.language, await employ("owner", new Customer(page)));
  const promotion = await coupon(desk.customer, 500, shop.language === "en" ? "Friday coupon" : "周五券");
  const context = await page.context().browser()!.newContext();
  const buyer = await new Customer(await context.newPage()).signIn();
  const order = await sold(buyer, ["FRU009-A", "TEA003-B"], promotion, 500, shop.language);
  await context.close();
  return { desk, order, promotion };
}

const HOUR = 60 * 60 * 1000;

/** Somebody who writes promotions, in this browser. */
async function writes(shop: Shop, page: Page): Promise<Campaigns> {
  const customer = await new Customer(page).signIn();
  grant(customer.phone, "campaign_editor");
  return new Campaigns(page, shop.language, { page, shop, customer });
}

/** A flash sale that begins tomorrow, of more than there is. */
function tomorrow(): unknown {
  const from = Math.floor(Date.now() / HOUR + 24) * HOUR;
  return saleTerms("FRU001-C", 2990, sku("FRU001-C").stock + 1000, from, from + 2 * HOUR);
}

export const screens: Screen[] = [
  { name: "feed", open: (shop) => shop.feed.open() },
  { name: "category", open: (shop) => shop.category.open("fruit") },
  {
    name: "search-start",
    open: async (shop) => {
      await shop.search.open();
      await shop.page.getByRole("region", { name: shop.t("catalog.hot"), exact: true }).waitFor();
    },
  },
  {
    name: "search",
    open: async (shop) => {
      await shop.search.open(`?q=${encodeURIComponent(shop.language === "en" ? "tea" : "茶")}`);
      await shop.search.results.first().waitFor();
    },
  },
  {
    name: "filter",
    open: async (shop) => {
      await shop.search.open(`?q=${encodeURIComponent(shop.language === "en" ? "tea" : "茶")}`);
      await shop.search.filter.click();
      await shop.sheet.getByRole("heading").first().waitFor();
    },
  },
  {
    name: "search-empty",
    open: async (shop) => {
      await shop.search.open("?q=zzzz");
      await shop.text("catalog.nothing_for", { q: "zzzz" }).waitFor();
    },
  },
  { name: "product", open: (shop) => shop.product.open("dandong-strawberry") },
  {
    name: "sku",
    open: async (shop) => {
      await shop.product.open("pleated-dress", "WEA001-A");
      await shop.product.chosen.click();
      await shop.sheet.getByRole("radio").first().waitFor();
    },
  },
  {
    name: "seat",
    open: async (shop) => {
      await shop.product.open(MANGO.slug);
      await shop.product.start.click();
      await shop.product.takeSeat("start_size").waitFor();
    },
  },
  {
    name: "product-groups",
    open: async (shop, page) => {
      await opened(shop, page);
      await shop.product.open(MANGO.slug);
      await shop.link("groups.go_join").first().waitFor();
    },
  },
  {
    name: "group",
    open: async (shop, page) => shop.group.open(await opened(shop, page, MANGO, 2)),
  },
  {
    name: "group-rules",
    open: async (shop, page) => {
      await shop.group.open(await opened(shop, page));
      await shop.button("groups.rules").click();
      await shop.sheet.getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "group-mine",
    open: async (shop, page) => {
      await shop.group.open((await mine(shop, page)).group);
      await shop.group.action("invite").waitFor();
    },
  },
  {
    name: "group-done",
    open: async (shop, page) => {
      const group = await opened(shop, page, BERRY);
      const customer = await new Customer(page).signIn();
      await customer.paySeat(BERRY.slug, BERRY.sku, group, shop.language);
      await shop.group.open(group);
      await shop.group.action("view_order").waitFor();
    },
  },
  {
    name: "group-failed",
    open: async (shop, page) => {
      const { group } = await mine(shop, page);
      timeIsUp(group);
      await shop.group.open(group);
      await shop.text("groups.failed").first().waitFor();
      await shop.main.getByText(shop.words.within("groups.refund_done")).waitFor();
    },
  },
  {
    name: "group-joined",
    open: async (shop, page) => {
      const group = await opened(shop, page);
      await (await new Customer(page).signIn()).paySeat(MANGO.slug, MANGO.sku, group, shop.language);
      await shop.group.open(group);
      await shop.group.action("invite").waitFor();
    },
  },
  {
    name: "group-held",
    open: async (shop, page) => {
      const group = await opened(shop, page);
      await (await new Customer(page).signIn()).takeSeat(MANGO.slug, MANGO.sku, group, shop.language);
      await shop.group.open(group);
      await shop.group.action("pay").waitFor();
    },
  },
  {
    name: "group-full",
    open: async (shop, page) => {
      const group = await opened(shop, page, BERRY);
      const context = await page.context().browser()!.newContext();
      const member = await new Customer(await context.newPage()).signIn();
      await member.takeSeat(BERRY.slug, BERRY.sku, group, shop.language);
      await context.close();
      await shop.group.open(group);
      await shop.text("groups.obstacle_full").waitFor();
    },
  },
  {
    name: "group-done-other",
    open: async (shop, page) => {
      await shop.group.open(await opened(shop, page, BERRY, 2));
      await shop.text("groups.complete_other").waitFor();
    },
  },
  {
    name: "group-by-store",
    open: async (shop, page) => {
      const { group } = await mine(shop, page);
      storeCompletes(group);
      await shop.group.open(group);
      await shop.main.getByText(shop.words.within("groups.by_store")).waitFor();
    },
  },
  {
    name: "group-failed-other",
    open: async (shop, page) => {
      const group = await opened(shop, page);
      timeIsUp(group);
      await shop.group.open(group);
      await shop.text("groups.failed_others").waitFor();
    },
  },
  {
    name: "seat-checkout",
    open: async (shop, page) => {
      const group = await opened(shop, page);
      await new Customer(page).signIn();
      await shop.open(`/checkout/seat?group=${group}&sku=${MANGO.sku}&n=1`);
      await shop.text("checkout.overflow_title").first().waitFor();
    },
  },
  {
    name: "order-forming",
    open: async (shop, page) => {
      await shop.order.open((await mine(shop, page)).order);
      await shop.text("orders.forming_title").waitFor();
    },
  },
  {
    name: "notifications",
    open: async (shop, page) => {
      const { group } = await mine(shop, page, BERRY);
      const context = await page.context().browser()!.newContext();
      const friend = await new Customer(await context.newPage()).signIn();
      await friend.paySeat(BERRY.slug, BERRY.sku, group, shop.language);
      await context.close();
      await shop.notifications.open();
      await shop.notifications.entries.first().waitFor();
    },
  },
  {
    name: "notifications-empty",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.notifications.open();
      await shop.text("notifications.empty_title").waitFor();
    },
  },
  {
    name: "cart",
    open: async (shop) => {
      // One of them cost less when it was put in.
      await shop.cart.keep(BASKET, { "TEA003-B": 4200 });
      await shop.cart.open();
      await shop.cart.row("yangshan-peach").waitFor();
    },
  },
  {
    name: "cart-empty",
    open: async (shop) => {
      await shop.cart.open();
      await shop.cart.isEmpty.waitFor();
    },
  },
  { name: "sign-in", open: async (shop) => shop.signIn.open().then(() => shop.signIn.phone.waitFor()) },
  {
    name: "checkout",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.cart.keep(BASKET);
      await shop.open("/checkout");
      await shop.checkout.pay.waitFor();
    },
  },
  {
    name: "pick-up-point",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.open("/checkout?sku=FRU009-A&n=1");
      await page.getByRole("button", { name: shop.words.within("checkout.point_choose") }).click();
      await shop.sheet.getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "address",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.open("/checkout?sku=FRU009-A&n=1");
      await shop.checkout.choose("deliver");
      await page.getByRole("button", { name: shop.words.within("checkout.address_add") }).click();
      await shop.sheet.getByLabel(shop.t("address.name"), { exact: true }).waitFor();
    },
  },
  {
    name: "payment-open",
    open: async (shop, page) => {
      const { customer, order } = await ordered(shop, page);
      await customer.cashier(order);
      await shop.payment.open(order);
      await shop.text("checkout.not_paid_title").first().waitFor();
    },
  },
  {
    name: "payment-paid",
    open: async (shop, page) => {
      await shop.payment.open(await paid(shop, page));
      await shop.text("checkout.paid_title").first().waitFor();
    },
  },
  {
    name: "orders",
    open: async (shop, page) => {
      await ordered(shop, page);
      await shop.orders.open();
      await shop.main.getByText(shop.t("orders.state_pending"), { exact: true }).first().waitFor();
    },
  },
  {
    name: "order-to-pay",
    open: async (shop, page) => {
      await shop.order.open((await ordered(shop, page)).order);
      await shop.text("orders.awaits_title").waitFor();
    },
  },
  {
    name: "order",
    open: async (shop, page) => {
      const order = await paid(shop, page);
      await shop.order.open(order);
      await shop.text("orders.collect_title").waitFor();
    },
  },
  {
    name: "account",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.account.open();
      await shop.account.signOut.waitFor();
    },
  },
  { name: "account-guest", open: (shop) => shop.account.open() },
  {
    name: "share",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.product.open("dandong-strawberry");
      await shop.share.open();
    },
  },
  {
    name: "share-guest",
    open: async (shop) => {
      await shop.product.open("dandong-strawberry");
      await shop.share.open();
    },
  },
  {
    name: "short",
    open: async (shop) => {
      await shop.videos.open("strawberry-dawn");
      await shop.videos.card.waitFor();
    },
  },
  {
    name: "short-buy",
    open: async (shop) => {
      await shop.videos.open("strawberry-dawn");
      await shop.videos.card.click();
      await shop.sheet.getByRole("radio").first().waitFor();
    },
  },
  {
    name: "short-comments",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.videos.open("strawberry-dawn");
      await shop.videos.comments.click();
      await shop.sheet.getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "publish",
    open: async (shop, page) => {
      const customer = await new Customer(page).signIn();
      makeCreator(customer, "linda.colours");
      await shop.videos.openOwn();
      await shop.main.getByRole("article").first().waitFor();
    },
  },
  {
    name: "publish-describe",
    open: async (shop, page) => {
      const customer = await new Customer(page).signIn();
      makeCreator(customer, "linda.colours");
      await shop.videos.openOwn();
      await shop.button("videos.edit").first().click();
      await shop.sheet.getByRole("textbox", { name: shop.words.within("videos.caption") }).waitFor();
    },
  },
  {
    name: "my-shares",
    open: async (shop, page) => {
      await shared(shop, page);
      await shop.shares.open();
      await shop.shares.link("chat").waitFor();
    },
  },
  {
    name: "my-shares-empty",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.shares.open();
      await shop.text("shares.empty_title").waitFor();
    },
  },
  {
    name: "my-shares-rules",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.shares.open();
      await shop.button("shares.rules").click();
      await shop.sheet.getByText(shop.t("shares.rules_3")).waitFor();
    },
  },
  {
    name: "my-shares-guest",
    open: async (shop) => {
      await shop.open("/shares");
      await shop.link("app.sign_in").waitFor();
    },
  },
  {
    name: "earnings",
    open: async (shop, page) => {
      await shared(shop, page);
      await shop.open("/shares/earnings");
      await shop.main.getByText(shop.t("shares.pending"), { exact: true }).waitFor();
    },
  },
  {
    name: "withdraw",
    open: async (shop, page) => {
      await new Customer(page).signIn();
      await shop.open("/shares/withdraw");
      await shop.text("shares.history_empty").waitFor();
    },
  },
  {
    name: "creator",
    open: async (shop) => {
      await shop.open("/c/xiaohe.orchard");
      await shop.main.getByRole("article").first().waitFor();
    },
  },
  {
    name: "coupons",
    open: async (shop, page) => {
      const context = await page.context().browser()!.newContext();
      const owner = await employ("owner", new Customer(await context.newPage()));
      await coupon(owner, 500, shop.language === "en" ? "Friday coupon" : "周五券");
      await context.close();
      await new Customer(page).signIn();
      await shop.open("/coupons");
      await shop.main.getByRole("listitem").first().waitFor();
    },
  },
  {
    // Whether there is one depends on the hour and on other tests.
    name: "flash",
    open: async (shop, page) => {
      await shop.open("/flash");
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
  {
    name: "studio-orders",
    open: async (shop, page) => {
      const { desk } = await tended(shop, page);
      await desk.open("orders");
      await page.getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "studio-order",
    open: async (shop, page) => {
      const { desk, order } = await tended(shop, page);
      await desk.open(`orders/${order}`);
      await desk.button("orders_studio.reveal").waitFor();
    },
  },
  {
    name: "studio-refund",
    open: async (shop, page) => {
      const { desk, order } = await tended(shop, page);
      await desk.open(`orders/${order}`);
      await desk.button("orders_studio.refund").click();
      await desk.choose("orders_studio.some_lines");
      await desk.sheet.getByRole("button", { name: desk.t("app.more") }).first().click();
      await desk.sheet.getByText(desk.t("orders_studio.goes_back_total")).waitFor();
    },
  },
  {
    name: "studio-books",
    open: async (shop, page) => {
      const { desk } = await tended(shop, page);
      await desk.open("books");
      await page.getByRole("rowheader").first().waitFor();
    },
  },
  {
    name: "studio-result",
    open: async (shop, page) => {
      const { desk, promotion } = await tended(shop, page);
      await desk.open(`books/campaigns/${promotion}`);
      await page.getByRole("rowheader").first().waitFor();
    },
  },
  {
    name: "studio-record",
    open: async (shop, page) => {
      const { desk } = await tended(shop, page);
      await desk.open("books/record");
      await page.getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "studio-goods",
    open: async (shop, page) => {
      const desk = new Desk(page, shop.language, await employ("owner", new Customer(page)));
      await desk.open("goods");
      await page.getByRole("region").first().waitFor();
    },
  },
  {
    name: "studio-campaigns",
    open: async (shop, page) => {
      const desk = await writes(shop, page);
      await desk.make(tomorrow());
      await desk.list();
      await page.getByText(desk.t("draft"), { exact: true }).first().waitFor();
    },
  },
  {
    name: "studio-calendar",
    open: async (shop, page) => {
      const desk = await writes(shop, page);
      const id = await desk.make(tomorrow());
      await desk.list();
      await page.getByRole("radio", { name: desk.t("calendar"), exact: true }).check({ force: true });
      await page.locator(`a[href="/studio/campaigns/${id}"]`).first().waitFor();
    },
  },
  {
    name: "studio-campaign-new",
    open: async (shop, page) => {
      const desk = await writes(shop, page);
      await page.goto("/studio/campaigns/new");
      await desk.button("flash_sale").or(page.getByRole("button", { name: desk.t("flash_sale") })).first().waitFor();
    },
  },
  {
    name: "studio-campaign",
    open: async (shop, page) => {
      const desk = await writes(shop, page);
      await desk.open(await desk.make(tomorrow()));
      await desk.expectCheck("Stock", "block");
      await desk.shop.getByRole("heading", { level: 1 }).first().waitFor();
    },
  },
  {
    name: "studio-coupon",
    open: async (shop, page) => {
      const desk = await writes(shop, page);
      await desk.begin("coupon");
      await desk.expectCheck("Translations", "block");
      await desk.shop.locator("body *").first().waitFor();
    },
  },
  {
    name: "missing",
    open: async (shop) => {
      await shop.open("/nowhere");
      await shop.link("app.see_shop").waitFor();
    },
  },
  {
    name: "error",
    open: async (shop, page) => {
      await shop.comeUndrawn();
      await page.route("**/api/products/**", (route) => route.fulfill({ status: 500, body: "" }));
      await shop.open("/p/dandong-strawberry");
      await shop.text("app.error_title").waitFor();
    },
  },
];
