// Live rooms from the host's desk to the viewers' phones, with a real encoder (rules.md 3.3).

import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, type Somebody } from "../fixtures.ts";
import { product, said } from "../pages/catalogue.ts";
import { expectMoving, host } from "../pages/studio.ts";

// Each test has an encoder and decoders of its own; more at once is a test of the machine.
test.describe.configure({ mode: "default", timeout: 180_000 });

const SHELF = ["dandong-strawberry", "hainan-mango"];
const STRAWBERRY = "FRU001-A";

const title = (slug: string) => said(product(slug).title, "zh-CN");

/** Waits in the page until what is pinned has a title, and gives the moment. */
function whenPinned(page: Page, what: string): Promise<number> {
  return page.evaluate(
    (what) =>
      new Promise<number>((done) => {
        const look = () => {
          const shown = document.querySelector("article h2")?.textContent;
          if (shown !== what) return false;
          done(Date.now());
          return true;
        };
        const observer = new MutationObserver(() => look() && observer.disconnect());
        if (!look()) observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    what,
  );
}

async function watch(somebody: () => Promise<Somebody>, id: string, picture: boolean): Promise<Somebody> {
  const viewer = await somebody();
  if (!picture) await viewer.page.route("**/live-media/**", (route) => route.abort());
  await viewer.page.goto(`/live/${id}`);
  await expect(viewer.page.locator("main[data-room=Live]")).toBeVisible({ timeout: 60_000 });
  return viewer;
}

test("a host plans a room by hand, sees the picture first, and goes on air", async ({ somebody }) => {
  const studio = await host(somebody);
  const { page } = studio;
  await page.goto("/studio/live");
  await studio.button("new_room").click({ timeout: 60_000 });
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(studio.t("title_zh")).fill("早市开播");
  await sheet.getByLabel(studio.t("title_en")).fill("Morning market");
  await sheet.getByLabel(studio.t("find_product")).fill("草莓");
  await sheet.getByLabel(studio.t("find_product")).press("Enter");
  await sheet.getByRole("button", { name: studio.t("put_on") }).first().click();
  await studio.button("plan_it").click();
  await expect(page).toHaveURL(/\/studio\/live\/[0-9a-f]+$/);
  await expect(page.getByRole("heading", { level: 1, name: "早市开播" })).toBeVisible();
  await studio.button("do_schedule").click();
  // Without a picture nobody goes on air.
  await expect(studio.button("do_start")).toBeDisabled();
  const id = page.url().split("/").at(-1)!;
  const encoder = await studio.encode(id);
  await studio.expectPicture();
  await studio.button("do_start").click();
  await expect(studio.button("do_pause")).toBeVisible();
  const viewer = await watch(somebody, id, true);
  await expectMoving(viewer.page);
  await studio.button("do_end").click();
  await page.getByRole("dialog").getByRole("button", { name: studio.t("do_end") }).click();
  await expect(page.getByText(studio.t("record_text"))).toBeVisible();
  // L11: everything that happened, as a table.
  const [log] = await Promise.all([page.waitForEvent("download"), page.getByText(studio.t("log")).click()]);
  expect(log.suggestedFilename()).toMatch(/^live-.*\.csv$/);
  await encoder.kill();
});

test("a pin made by a click reaches ten viewers within a second", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const viewers = [];
  for (let n = 0; n < 10; n++) viewers.push(await watch(somebody, id, false));
  // Each page has its stream of events by now: a line that is said is there.
  await studio.one.customer.post(`/api/studio/live/${id}/chat`, { text: "都到了吗" });
  for (const { page } of viewers) await expect(page.getByText("都到了吗")).toBeVisible({ timeout: 20_000 });
  const seen = viewers.map(({ page }) => whenPinned(page, title(SHELF[0]!)));
  await studio.page.evaluate(() =>
    addEventListener("click", () => Object.assign(window, { clickedAt: Date.now() }), { capture: true, once: true }),
  );
  await studio.pin(1).click();
  const at = await studio.page.evaluate(() => (window as unknown as { clickedAt: number }).clickedAt);
  const took = (await Promise.all(seen)).map((moment) => moment - at);
  console.log("pin to viewers, ms:", took.join(" "));
  expect(Math.max(...took)).toBeLessThan(1000);
  await encoder.kill();
});

test("a flash price is charged in time, and after its end it is not (L3, L4)", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  await studio.pin(1).click();
  await studio.row(1).getByRole("button", { name: new RegExp(`^${studio.t("flash")}`) }).click();
  const sheet = studio.page.getByRole("dialog");
  await sheet.getByLabel(studio.t("flash_price")).fill("9.9");
  await sheet.getByLabel(studio.t("quota")).fill("5");
  await sheet.getByLabel(studio.t("countdown")).selectOption("0");
  await sheet.getByRole("button", { name: studio.t("flash_now") }).click();
  await expect(studio.row(1).locator("[data-flash=Active]")).toBeVisible();
  const [offer] = (await studio.see(id)).flash;

  const viewer = await watch(somebody, id, false);
  await viewer.customer.signIn();
  await viewer.page.reload();
  await expect(viewer.page.locator("article").getByRole("button", { name: viewer.shop.t("live.grab") })).toBeVisible();
  const points = await viewer.customer.get("/api/pickup-points");
  const fulfilment = { kind: "pickup", point: points.items[0].id, contact: { name: "林小满", phone: viewer.customer.phone } };
  const path = `/api/live/${id}/flash/${offer.id}`;
  const quoted = await viewer.customer.post(`${path}/quote`, { quantity: 1, fulfilment });
  const order = { quantity: 1, fulfilment, expected_total: quoted.quote.total, ticket: quoted.ticket };
  const taken = await viewer.customer.post(`${path}/orders`, order);
  expect(taken.order.card.total.minor).toBe(990);
  await expect(studio.row(1).getByText(studio.t("flash_taken", { taken: 1, all: 5 })).first()).toBeAttached();

  await studio.row(1).getByRole("button", { name: studio.t("flash_stop") }).click();
  await expect(viewer.page.locator("article").getByRole("button", { name: viewer.shop.t("live.grab") })).toBeHidden();
  // Longer than the grace of who was quoted in time.
  await viewer.page.waitForTimeout(3500);
  const late = await viewer.page.request.post(`${path}/orders`, {
    data: order,
    headers: { "sec-fetch-site": "same-origin", "idempotency-key": randomUUID() },
  });
  expect(late.ok()).toBe(false);
  await encoder.kill();
  expect(offer.sku).toBe(STRAWBERRY);
});

test("a publisher that is killed pauses the room and brings it back", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const viewer = await watch(somebody, id, true);
  await expectMoving(viewer.page);
  await encoder.kill();
  await expect(viewer.page.locator("main[data-room=Paused]")).toBeVisible({ timeout: 40_000 });
  await expect(studio.page.getByText(studio.t("picture_lost"))).toBeVisible();
  const again = await studio.encode(id);
  await expect(viewer.page.locator("main[data-room=Live]")).toBeVisible({ timeout: 20_000 });
  await expectMoving(viewer.page);
  await studio.expectPicture();
  await again.kill();
});

test("what is said is shown as text, and who was banned stays out (L8)", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const viewer = await watch(somebody, id, false);
  await viewer.customer.signIn();
  await viewer.page.reload();
  const say = (text: string) =>
    viewer.page.request.post(`/api/live/${id}/chat`, {
      data: { text },
      headers: { "sec-fetch-site": "same-origin", "idempotency-key": randomUUID() },
    });
  const lines = ["<img src=x onerror=alert(1)><b>粗</b>", "\u202Eevil\u202C bidi", "zero\u200Bwidth"];
  for (const line of lines) {
    expect((await say(line)).ok(), line).toBe(true);
    await viewer.page.waitForTimeout(2200);
  }
  expect((await say("长".repeat(10_000))).ok()).toBe(false);
  for (const page of [studio.page, viewer.page]) {
    await expect(page.locator("bdi").filter({ hasText: "<img src=x onerror=alert(1)>" })).toBeVisible();
    await expect(page.locator("bdi").filter({ hasText: "evil" })).toBeVisible();
    await expect(page.locator("bdi").filter({ hasText: /^zero.?width$/ })).toBeVisible();
    expect(await page.locator("bdi img, bdi b").count()).toBe(0);
  }
  await studio.line("evil").getByRole("button").first().click();
  await studio.button("ban").click();
  await expect(studio.line("evil")).toHaveCount(0);
  await expect(studio.line("粗")).toHaveCount(0);
  await viewer.page.reload();
  await expect(viewer.page.getByText(viewer.shop.t("live.kept_out_text"))).toBeVisible({ timeout: 40_000 });
  await encoder.kill();
});

test("two hosts who pin at once see one pin (L2)", async ({ somebody }) => {
  const [one, other] = [await host(somebody), await host(somebody)];
  const { id, encoder } = await one.onAir(SHELF);
  await one.open(id);
  await other.open(id);
  await Promise.all([one.pin(1).click(), other.pin(2).click()]);
  for (const studio of [one, other]) {
    await expect(studio.page.locator("li[data-pinned]")).toHaveCount(1);
  }
  const pinned = (await one.see(id)).room.pinned;
  await expect(one.row(pinned)).toHaveAttribute("data-pinned");
  await expect(other.row(pinned)).toHaveAttribute("data-pinned");
  await encoder.kill();
});

test("a replay goes to where a product was shown", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  const began = Date.now();
  await studio.open(id);
  await studio.page.waitForTimeout(6000);
  await studio.pin(2).click();
  await studio.page.waitForTimeout(8000);
  await studio.move(id, "end");
  await encoder.kill();
  await expect.poll(async () => (await studio.see(id)).room.state, { timeout: 60_000 }).toBe("replay_ready");
  const item = (await studio.see(id)).room.shelf.find((item: { number: number }) => item.number === 2);
  expect(item.shown_at).toBeGreaterThan(began);
  const viewer = await somebody();
  await viewer.page.goto(`/live/${id}`);
  await expectMoving(viewer.page, 60_000);
  await viewer.page.waitForTimeout(1000);
  const { live_at } = (await viewer.customer.get(`/api/live/${id}`)) as { live_at: number };
  await viewer.page.getByRole("button", { name: viewer.shop.words.within("live.shelf_open") }).click();
  await viewer.page.getByRole("button", { name: viewer.shop.t("live.watch_it") }).click();
  const due = (item.shown_at - live_at) / 1000;
  const time = () => viewer.page.evaluate(() => document.querySelector("video")!.currentTime);
  // The recording begins with the encoder, a little before the room.
  await expect.poll(time, { timeout: 15_000 }).toBeGreaterThan(due - 1);
  expect(await time()).toBeLessThan(due + 12);
});

test("somebody who is not staff is told so", async ({ somebody }) => {
  const stranger = await somebody();
  await stranger.customer.signIn();
  await stranger.page.goto("/studio/live");
  await expect(stranger.page.getByText(stranger.shop.t("studio.stranger_title"))).toBeVisible({ timeout: 60_000 });
});
