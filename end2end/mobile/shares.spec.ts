// Sharing: a link, who came by it, what it brought; posters; and what must count for nothing.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, languages, test } from "../fixtures.ts";
import { product, said, sku, toPay } from "../pages/catalogue.ts";
import { Customer } from "../pages/customer.ts";
import { freshPhone } from "../pages/inbox.ts";
import { commissionsSettle } from "../pages/clock.ts";
import { PLAIN_RATE } from "../pages/payouts.ts";
import type { Stats } from "../pages/shares.ts";

const UMBRELLA = { slug: "folding-umbrella", sku: "HOM006-B" };
const BAG = { slug: "commuter-handbag", sku: "WEA006-A" };

/** A customer's link to a product, made past the sheet. */
async function linkOf(customer: Customer, slug: string, channel = "copy"): Promise<Stats> {
  return customer.post("/api/shares", { target: { kind: "product", slug }, channel });
}

/** What became of a customer's only link. */
async function stats(customer: Customer): Promise<Stats> {
  const { items } = await customer.get("/api/shares");
  expect(items).toHaveLength(1);
  return items[0];
}

/** What became of a customer's link in one channel: opening the sheet makes one for the poster beside it. */
async function statsIn(customer: Customer, channel: string): Promise<Stats> {
  const { items } = await customer.get("/api/shares");
  const found = items.filter((it: Stats) => it.channel === channel);
  expect(found).toHaveLength(1);
  return found[0];
}

/** Whether this browser's next order would pay somebody. */
async function attribution(page: Page): Promise<unknown> {
  return (await (await page.request.get("/api/share/attribution")).json()).attribution;
}

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("one shares, a friend opens the link, signs in and buys: the sharer sees click, order and commission", async ({ shop, page, customer, somebody }) => {
      test.slow();
      await customer.signIn();
      await shop.product.open(UMBRELLA.slug);
      await shop.share.open();
      await expect(shop.share.estimate).toBeVisible();
      const link = await shop.share.copyLink();
      expect(new URL(link).pathname).toMatch(/^\/s\/[\w.-]+$/);
      await expect(shop.text("shares.copied").first()).toBeVisible();

      const friend = await somebody();
      const title = said(product(UMBRELLA.slug).title, language);
      await friend.shop.follow(link, /\/p\//);
      await expect(friend.shop.title).toHaveText(title);
      expect(friend.page.url(), "the token has left the address").not.toContain("s=");
      await expect(friend.shop.text("app.promotion")).toBeVisible();
      await friend.shop.product.chosen.click();
      await friend.shop.product.choose(said(sku(UMBRELLA.sku).label, language));
      await friend.shop.sheet.getByRole("button", { name: friend.shop.words.within("catalog.buy_now") }).click();

      const phone = freshPhone();
      await expect(friend.page).toHaveURL(/\/sign-in\?next=/);
      await friend.shop.signIn.as(phone);
      await friend.shop.checkout.collectBy(language === "en" ? "Alex Lin" : "林小满", phone);
      await expect(friend.shop.text("app.promotion"), "a3_ the touch survived the sign-in").toBeVisible();
      await friend.shop.checkout.pay.click();
      await friend.shop.cashier.pay();
      await expect(friend.shop.payment.statement).toHaveText(friend.shop.t("checkout.paid_title"));

      const price = sku(UMBRELLA.sku).price;
      await shop.shares.expectFunnel("copy", { clicks: 1, joins: 1, paid: 1 });
      const commission = toPay(Math.floor((price * PLAIN_RATE) / 10_000));
      await expect(shop.shares.link("copy")).toContainText(`+${commission}`);
      await expect(shop.shares.figure("awaiting")).toHaveText(commission);
      await expect(shop.shares.figure("paid_this_month")).toHaveText("1");
      await expect(shop.shares.figure("conversion")).toHaveText("100%");
      await expect(shop.shares.balance).toContainText(toPay(0));
      await expect(shop.shares.chart).toBeVisible();

      await shop.link("shares.details").click();
      await expect(shop.main.getByText(shop.t("shares.pending"), { exact: true })).toBeVisible();
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
    });
  });
}

test("one shares a group from its page: the friend who joins by it counts, and the row says where the group stands", async ({ shop, customer, somebody }) => {
  test.slow();
  await customer.signIn();
  const { group } = await customer.paySeat("hainan-mango", "FRU002-A");
  await shop.group.open(group);
  await shop.share.open("groups.share");
  await expect(shop.sheet).toContainText(shop.t("shares.sheet_title_group"));
  const link = await shop.share.copyLink();
  const friend = await somebody();
  await friend.shop.follow(link, /\/g\//);
  await friend.shop.group.expectNeed(2);
  await friend.page.mouse.click(5, 300);
  await expect.poll(async () => (await statsIn(customer, "copy")).clicks).toBe(1);
  await friend.customer.signIn();
  await friend.customer.paySeat("hainan-mango", "FRU002-A", group);
  await shop.shares.expectFunnel("copy", { clicks: 1, joins: 1, paid: 1 });
  await expect(shop.shares.link("copy")).toContainText(shop.t("shares.group_state", { taken: 2, size: 3 }));
});

test("one shares a creator's page by the system's own sheet", async ({ shop, page, customer, somebody }) => {
  // What a phone's browser has and this one does not.
  await page.addInitScript(() => {
    const given = window as unknown as { given: ShareData[] };
    given.given = [];
    navigator.share = async (data) => void given.given.push(data ?? {});
  });
  await customer.signIn();
  await shop.open("/c/xiaohe.orchard");
  await shop.share.open("creators.share");
  await shop.share.channel("to_system").click();
  await expect(shop.sheet).toHaveCount(0);
  const [offer] = await page.evaluate(() => (window as unknown as { given: ShareData[] }).given);
  const { url } = await statsIn(customer, "system");
  expect(offer).toEqual({ title: expect.stringMatching(/./), url });
  const friend = await somebody();
  await friend.shop.follow(url, /\/c\/xiaohe\.orchard/);
  await expect(friend.shop.title).toHaveText(offer!.title!);
  await friend.page.mouse.click(5, 300);
  await expect.poll(async () => (await statsIn(customer, "system")).clicks).toBe(1);
  await expect(friend.shop.text("app.promotion").first()).toBeVisible();

  // Closing that sheet is no mistake, and nothing is said of it.
  await page.evaluate(() => {
    navigator.share = async () => Promise.reject(new DOMException("closed", "AbortError"));
  });
  await shop.share.open("creators.share");
  await shop.share.channel("to_system").click();
  await expect(shop.sheet).toBeVisible();
  await expect(shop.sheet.getByText(shop.t("shares.press_again"))).toHaveCount(0);
});

test("a9_ who receives the goods says so, and the sharer's commission waits for the return window", async ({ shop, customer, somebody }) => {
  test.slow();
  await customer.signIn();
  const { url } = await linkOf(customer, BAG.slug);
  const friend = await somebody();
  await friend.shop.follow(url, /\/p\//);
  await friend.page.mouse.click(5, 300);
  await expect.poll(async () => (await stats(customer)).clicks).toBe(1);
  await friend.customer.signIn();
  const order = await friend.customer.buy(BAG.sku);
  await expect.poll(async () => (await stats(customer)).paid).toBe(1);
  await shop.open("/shares/earnings");
  await expect(shop.main.getByText(shop.t("shares.pending"), { exact: true })).toBeVisible();
  await friend.shop.order.open(order);
  await friend.shop.button("orders.receipt").click();
  await expect(friend.shop.sheet).toContainText(friend.shop.t("orders.receipt_title"));
  await friend.shop.sheet.getByRole("button", { name: friend.shop.t("orders.receipt_yes"), exact: true }).click();
  await expect(friend.shop.order.statement).toHaveText(friend.shop.t("orders.received_title"));
  await shop.open("/shares/earnings");
  await expect(shop.main.getByText(shop.t("shares.frozen"), { exact: true })).toBeVisible();
  await expect(shop.main).toContainText(shop.words.within("shares.settles_at"));
});

test("the poster is a PNG at three times its size whose code leads to the link", async ({ shop, customer }) => {
  await customer.signIn();
  await shop.product.open(UMBRELLA.slug);
  await shop.share.open();
  const png = await shop.share.savePoster();
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(png.readUInt32BE(16), "its width").toBe(272 * 3);
  expect(png.readUInt32BE(20), "its height").toBeGreaterThan(340 * 3);
  const { url } = await stats(customer);
  expect(await shop.share.read(png)).toBe(url);
  await expect(shop.text("shares.saved").first()).toBeVisible();
});

test("a poster for Moments counts apart from one that was saved", async ({ shop, customer }) => {
  await customer.signIn();
  await shop.product.open(UMBRELLA.slug);
  await shop.share.open();
  const saving = shop.page.waitForEvent("download");
  await shop.share.channel("to_moments").click();
  await saving;
  await shop.shares.open();
  await expect(shop.shares.link("moments")).toHaveCount(1);
  await expect(shop.shares.link("poster")).toHaveCount(1);
});

test("a guest shares the plain address, and is told what signing in would bring", async ({ shop, page }) => {
  await shop.product.open(UMBRELLA.slug);
  await shop.share.open();
  await expect(shop.sheet.getByText(shop.t("shares.guest"))).toBeVisible();
  await expect(shop.share.estimate).toHaveCount(0);
  const link = await shop.share.copyLink();
  expect(new URL(link).pathname).toBe(`/p/${UMBRELLA.slug}`);
  expect(new URL(link).search).toBe("");
  await shop.share.open();
  await shop.sheet.getByRole("link", { name: shop.t("shares.guest_action"), exact: true }).click();
  await shop.signIn.as(freshPhone());
  await expect(page).toHaveURL(new RegExp(`/p/${UMBRELLA.slug}`));
  await expect(shop.sheet, "the sheet closed with its page").toHaveCount(0);
});

test.describe("in WeChat", () => {
  test.use({ userAgent: "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50" });

  test("its own menu shares the link, and the poster can be held", async ({ shop, page, customer }) => {
    await customer.signIn();
    await shop.product.open(UMBRELLA.slug);
    await shop.share.open();
    await expect(shop.sheet.getByText(shop.t("shares.wechat_hint"))).toBeVisible();
    const { token } = await stats(customer);
    expect(new URL(page.url()).pathname).toBe(`/s/${token}`);
    expect(await shop.share.poster.getAttribute("src")).toMatch(/^data:image\/png;base64,/);
    await page.goBack();
    await expect(shop.sheet).toHaveCount(0);
    expect(new URL(page.url()).pathname).toBe(`/p/${UMBRELLA.slug}`);
    await expect(shop.title).toHaveText(product(UMBRELLA.slug).title.zh);
  });
});

test("reliability_3_1 a page that stuffs links attributes nothing, until a person touches what it opened", async ({ customer, browser }) => {
  await customer.signIn();
  const { url } = await linkOf(customer, UMBRELLA.slug);
  const target = `${new URL(url).origin}/p/${UMBRELLA.slug}?s=${new URL(url).pathname.split("/").at(-1)}`;
  const stuffing = `<!doctype html><title>x</title>
    <img src="${url}"><img src="${target}"><iframe src="${url}"></iframe><iframe src="${target}"></iframe>
    <link rel="prefetch" href="${url}"><link rel="prerender" href="${target}"><link rel="stylesheet" href="${url}">
    <script type="speculationrules">{"prerender":[{"urls":["${target}"],"eagerness":"immediate"}],"prefetch":[{"urls":["${url}"],"eagerness":"immediate"}]}</script>
    <script>
      fetch("${url}", { mode: "no-cors", credentials: "include" });
      fetch("${new URL(url).origin}/api/share/open", { method: "POST", mode: "no-cors", credentials: "include", body: "{}" });
      open("${url}", "a", "width=200,height=200");
      open("${url}", "b", "noopener");
      open("${target}", "c");
    </script>`;
  const elsewhere = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(stuffing));
  await new Promise<void>((done) => elsewhere.listen(0, "127.0.0.1", done));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // Another site, not only another origin.
    await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
    await expect.poll(() => context.pages().length).toBe(4);
    const opened = context.pages().filter((it) => it !== page);
    for (const it of opened) await it.locator("#shell").waitFor({ state: "detached", timeout: 30_000 });
    // As long as a page that counts needs to say so, several times over.
    await page.waitForTimeout(2_000);
    expect((await stats(customer)).clicks).toBe(0);
    expect(await attribution(page)).toBeNull();

    // The same page, touched by a person: so the check above can fail.
    await opened[0]!.getByRole("heading", { level: 1 }).waitFor();
    await opened[0]!.mouse.click(5, 300);
    await expect.poll(async () => (await stats(customer)).clicks).toBe(1);
    expect(await attribution(page)).not.toBeNull();
  } finally {
    await context.close();
    elsewhere.close();
  }
});

test("a1_ a tampered, unknown or retired link lands somewhere sensible and counts for nothing", async ({ shop, page, customer, somebody }) => {
  await customer.signIn();
  const { url, token } = await linkOf(customer, UMBRELLA.slug);
  const other = await somebody();
  for (const bad of [token.slice(0, -1) + (token.endsWith("A") ? "B" : "A"), "nothing", `${token}x`]) {
    await other.shop.follow(`/s/${bad}`, /^[^/]*\/\/[^/]*\/$/);
    await expect(other.shop.feed.search).toBeVisible();
  }
  await other.page.goto(`/p/${UMBRELLA.slug}?s=forged`);
  await other.shop.ready();
  await other.shop.product.chosen.click();
  await expect(other.shop.text("app.promotion")).toHaveCount(0);

  await shop.shares.open();
  await shop.shares.link("copy").getByRole("button", { name: shop.t("shares.revoke"), exact: true }).click();
  await shop.sheet.getByRole("button", { name: shop.t("shares.revoke"), exact: true }).click();
  await expect(shop.shares.link("copy").getByText(shop.t("shares.revoked"), { exact: true })).toBeVisible();
  await other.shop.follow(url, /\/p\//);
  await expect(other.shop.title).toHaveText(product(UMBRELLA.slug).title.zh);
  await other.page.mouse.click(5, 300);
  expect(await attribution(other.page)).toBeNull();
  expect((await stats(customer)).clicks).toBe(0);
  expect(page.url()).toContain("/shares");
});

test("links are told apart by channel and by the sharer's own label", async ({ shop, customer }) => {
  await customer.signIn();
  await linkOf(customer, UMBRELLA.slug, "chat");
  await customer.post("/api/shares", { target: { kind: "product", slug: BAG.slug }, channel: "poster", sub_id: "video-1" });
  await shop.shares.open();
  const rows = shop.main.getByRole("region", { name: shop.t("shares.links"), exact: true }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await shop.main.getByRole("group", { name: shop.t("shares.channel") }).getByRole("button", { name: shop.t("shares.poster") }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(product(BAG.slug).title.zh);
  await shop.main.getByRole("group", { name: shop.t("shares.channel") }).getByRole("button", { name: shop.t("shares.all"), exact: true }).click();
  await shop.main.getByRole("group", { name: shop.t("shares.sub_id") }).getByRole("button", { name: "video-1" }).click();
  await expect(rows).toHaveCount(1);
  await rows.getByRole("button", { name: shop.t("shares.again") }).click();
  await expect(shop.share.poster).toBeVisible();
});

test("a12_ settled commission is asked for, and the balance says so", async ({ shop, customer, somebody }) => {
  test.slow();
  await customer.signIn();
  const { url } = await linkOf(customer, BAG.slug);
  const friend = await somebody();
  await friend.shop.follow(url, /\/p\//);
  await friend.page.mouse.click(5, 300);
  await expect.poll(async () => (await stats(customer)).clicks).toBe(1);
  await friend.customer.signIn();
  const order = await friend.customer.buy(BAG.sku);
  await expect.poll(async () => (await stats(customer)).paid).toBe(1);
  await friend.customer.post(`/api/orders/${order}/receipt`, {});
  commissionsSettle(order);

  const commission = Math.floor((sku(BAG.sku).price * PLAIN_RATE) / 10_000);
  await expect(async () => {
    await shop.shares.open();
    await expect(shop.shares.balance).toContainText(toPay(commission), { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await shop.link("shares.withdraw").click();
  const amount = shop.page.getByLabel(shop.t("shares.amount"), { exact: true });
  await amount.fill("5");
  await shop.button("shares.request").click();
  await expect(shop.page.getByText(shop.words.within("shares.amount_less")).first()).toBeVisible();
  await amount.fill("10.50");
  await shop.button("shares.request").click();
  await expect(shop.main.getByText(shop.t("shares.state_requested"), { exact: true })).toBeVisible();
  await expect(shop.main).toContainText(toPay(commission - 1_050));
});
