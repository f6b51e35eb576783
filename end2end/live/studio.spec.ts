// The studio by hand: what a host presses, and what becomes of it for viewers (rules.md L8, L9, L10).

import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { APIResponse } from "@playwright/test";
import { expect, test, type Somebody } from "../fixtures.ts";
import { product, said } from "../pages/catalogue.ts";
import { publish } from "../pages/stage.ts";
import { expectMoving, host, RECORDING } from "../pages/studio.ts";

test.describe.configure({ mode: "default", timeout: 180_000 });

const SHELF = ["dandong-strawberry", "hainan-mango"];
const title = (slug: string) => said(product(slug).title, "zh-CN");

/** A customer who says something by the shop's API. */
async function speaker(somebody: () => Promise<Somebody>, id: string): Promise<(text: string) => Promise<APIResponse>> {
  const { page, customer } = await somebody();
  await customer.signIn();
  return (text) =>
    page.request.post(`/api/live/${id}/chat`, {
      data: { text },
      headers: { "sec-fetch-site": "same-origin", "idempotency-key": randomUUID() },
    });
}

test("a renewed key: the old one is dead at once, the new one lets the picture in", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const { ingest_url, stream_key } = await studio.see(id);
  await studio.button("show_key").click();
  await expect(studio.page.locator("code[data-key]")).toHaveText(stream_key);
  await studio.button("renew_key").click();
  await studio.page.getByRole("dialog").getByRole("button", { name: studio.t("renew_key") }).click();
  await expect(studio.page.locator("code[data-key]")).not.toHaveText(stream_key);
  await expect.poll(async () => (await studio.see(id)).ingest, { timeout: 20_000 }).toBe(false);
  await encoder.kill();
  const old = publish(RECORDING, `${ingest_url}/${stream_key}`);
  await old.ended();
  expect((await studio.see(id)).ingest).toBe(false);
  const again = await studio.encode(id);
  await studio.expectPicture();
  await again.kill();
});

test("a mute: who said it says no more in this room, and the line stays (L8)", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const say = await speaker(somebody, id);
  expect((await say("便宜点行吗")).ok()).toBe(true);
  await studio.line("便宜点行吗").getByRole("button").first().click();
  await studio.button("mute").click();
  await expect(studio.button("mute")).toHaveCount(0);
  await studio.page.waitForTimeout(2200);
  await expect.poll(async () => (await (await say("还在吗")).json()).code).toBe("CHAT_MUTED");
  await expect(studio.line("便宜点行吗")).toHaveCount(0);
  await encoder.kill();
});

test("slow mode and blocked words hold for whoever speaks next (L8)", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const [say, other] = [await speaker(somebody, id), await speaker(somebody, id)];
  await studio.button("rules").click();
  const sheet = studio.page.getByRole("dialog");
  await sheet.getByLabel(studio.t("slow")).selectOption("30");
  await sheet.getByRole("textbox").fill("加微信\nQQ群");
  await sheet.getByRole("button", { name: studio.t("keep") }).click();
  await expect(sheet).toHaveCount(0);
  expect((await say("早上好")).ok()).toBe(true);
  await studio.page.waitForTimeout(2200);
  expect((await say("再问一句")).status()).toBe(429);
  // Whatever its width and its spaces.
  expect((await (await other("加 微　信 领券")).json()).code).toBe("CHAT_BLOCKED");
  expect((await other("进ｑｑ群")).status()).toBe(422);
  await studio.button("rules").click();
  await expect(sheet.getByLabel(studio.t("slow"))).toHaveValue("30");
  await expect(sheet.getByRole("textbox")).toHaveValue(/qq群/);
  await encoder.kill();
});

test("the shelf in another order: numbers stay, viewers see it", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const viewer = await somebody();
  await viewer.page.goto(`/live/${id}`);
  await viewer.page.getByRole("button", { name: viewer.shop.words.within("live.shelf_open") }).click({ timeout: 60_000 });
  const rows = viewer.page.getByRole("dialog").getByRole("listitem");
  await expect(rows.first()).toContainText(title(SHELF[0]!));
  await studio.button("down", { what: title(SHELF[0]!) }).click();
  await expect(studio.page.locator("li[data-number]").first()).toHaveAttribute("data-number", "2");
  await expect(rows.first()).toContainText(title(SHELF[1]!));
  await expect(rows.first()).toContainText(/^2/);
  await studio.button("up", { what: title(SHELF[0]!) }).click();
  await expect(rows.first()).toContainText(title(SHELF[0]!));
  await encoder.kill();
});

test("what is pinned runs out: a red line says so, and one tap unpins it", async ({ somebody }) => {
  const studio = await host(somebody);
  const slug = "rainbow-kite";
  const { id, encoder } = await studio.onAir([slug]);
  await studio.open(id);
  await studio.pin(1).click();
  await expect(studio.row(1)).toHaveAttribute("data-pinned");
  // All but three units are kept for flash prices.
  const { skus } = product(slug);
  const kept: string[] = [];
  for (const [place, { code, stock }] of skus.entries()) {
    const price = { minor: 100, currency: "CNY" };
    const quota = place === 0 ? stock - 3 : stock;
    const terms = { sku: code, price, quota, per_user: 1, countdown_s: 0, duration_s: 60 };
    const flash = await studio.one.customer.post(`/api/studio/live/${id}/flash`, terms);
    await studio.one.customer.post(`/api/studio/live/${id}/flash/${flash.id}/start`, {});
    kept.push(flash.id);
  }
  const alarm = studio.page.getByRole("alert").filter({ hasText: studio.t("alarm", { number: 1, what: title(slug), n: 3 }) });
  await expect(alarm).toBeVisible({ timeout: 15_000 });
  await alarm.getByRole("button", { name: studio.t("unpin") }).click();
  await expect(studio.row(1)).not.toHaveAttribute("data-pinned");
  await expect(alarm).toHaveCount(0);
  // Its units go back to the shop.
  for (const flash of kept) await studio.one.customer.post(`/api/studio/live/${id}/flash/${flash}/stop`, {});
  await encoder.kill();
});

test("a rehearsal: everything works, and nobody else is let near it (L10)", async ({ somebody }) => {
  const studio = await host(somebody);
  const { page } = studio;
  await page.goto("/studio/live");
  await studio.button("new_room").click({ timeout: 60_000 });
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(studio.t("title_zh")).fill("明早彩排");
  await sheet.getByLabel(studio.t("practice_it")).check();
  await sheet.getByLabel(studio.t("find_product")).fill("草莓");
  await sheet.getByLabel(studio.t("find_product")).press("Enter");
  await sheet.getByRole("button", { name: studio.t("put_on") }).first().click();
  await studio.button("plan_it").click();
  await expect(page.getByText(studio.t("practice_note"))).toBeVisible();
  const id = page.url().split("/").at(-1)!;
  const encoder = await studio.encode(id);
  await studio.expectPicture();
  await studio.button("do_rehearse").click();
  await expect(studio.button("do_pause")).toBeVisible();
  await studio.pin(1).click();
  await expect(studio.row(1)).toHaveAttribute("data-pinned");
  const viewer = await somebody();
  for (const path of [`/api/live/${id}`, `/live-media/${id}/live.m3u8`, `/live-media/${id}/stream.mp4`]) {
    expect((await viewer.page.request.get(path)).status(), path).toBe(404);
  }
  // Staff sees it as viewers would.
  await page.goto(`/live/${id}`);
  await expect(page.getByText(studio.one.shop.t("live.practice"))).toBeVisible({ timeout: 60_000 });
  await expectMoving(page);
  await encoder.kill();
});

test("a giveaway from the host's sheet to the winner's page (L9)", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.open(id);
  const viewer = await somebody();
  await viewer.customer.signIn();
  await viewer.page.goto(`/live/${id}`);
  await expect(viewer.page.locator("main[data-room=Live]")).toBeVisible({ timeout: 60_000 });
  await studio.button("give_title").click();
  const sheet = studio.page.getByRole("dialog");
  await sheet.getByLabel(studio.t("give_prize")).fill("草莓一盒");
  await sheet.getByLabel(viewer.shop.t("live.giveaway_left")).selectOption("30");
  await sheet.getByRole("button", { name: studio.t("give_now") }).click();
  await expect(studio.page.locator("li[data-giveaway=Open]")).toContainText("草莓一盒");
  const card = viewer.page.locator("section[data-giveaway]");
  await expect(card).toContainText("草莓一盒", { timeout: 15_000 });
  const promised = await card.locator("code").first().textContent();
  await card.getByRole("button", { name: viewer.shop.t("live.giveaway_enter") }).click();
  await expect(card).toContainText(viewer.shop.t("live.giveaway_entered", { n: 1 }));
  await expect(card).toHaveAttribute("data-giveaway", "Drawn", { timeout: 60_000 });
  await expect(card).toContainText(viewer.shop.t("live.giveaway_won"));
  expect(await card.locator("code").first().textContent()).toBe(promised);
  await expect(studio.page.locator("li[data-giveaway=Drawn]")).toContainText(viewer.customer.phone.slice(-4));
  await encoder.kill();
});

test("a planned room gets another title, another time and a poster by hand", async ({ somebody }) => {
  const studio = await host(somebody);
  const id = await studio.plan(SHELF);
  await studio.move(id, "schedule");
  const viewer = await somebody();
  await viewer.page.goto(`/live/${id}`);
  await expect(viewer.page.getByRole("heading", { name: "试播" }).first()).toBeVisible({ timeout: 60_000 });
  await studio.open(id);
  await studio.button("edit").click();
  const sheet = studio.page.getByRole("dialog");
  await sheet.getByLabel(studio.t("title_zh")).fill("晚一点开播");
  await sheet.getByLabel(studio.t("starts_at")).fill("2031-05-06T20:30");
  await sheet.getByLabel(studio.t("poster")).setInputFiles(fileURLToPath(new URL("../../public/icon-512.png", import.meta.url)));
  await expect(sheet.locator("img")).toHaveCount(1);
  await sheet.getByRole("button", { name: studio.t("keep") }).click();
  await expect(sheet).toHaveCount(0);
  await expect(studio.page.getByRole("heading", { level: 1, name: "晚一点开播" })).toBeVisible();
  // Who waits sees it at once.
  await expect(viewer.page.getByRole("heading", { name: "晚一点开播" }).first()).toBeVisible();
  await expect(viewer.page.getByText("20:30")).toBeVisible();
  const { poster } = (await studio.see(id)).room;
  expect([poster.width, poster.height]).toEqual([512, 512]);
  await expect(viewer.page.locator("main img").first()).toHaveAttribute("src", /\/media\/taken\//);
});
