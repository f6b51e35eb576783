// The screens of live rooms, which need a host and an encoder: what opens them must be swept up after each test.

import type { Page } from "@playwright/test";
import { Customer } from "../pages/customer.ts";
import { Shop } from "../pages/shop.ts";
import type { Encoder } from "../pages/stage.ts";
import { expectMoving, host, type Studio } from "../pages/studio.ts";
import type { Screen } from "./screens.ts";

const SHELF = ["dandong-strawberry", "yangshan-peach", "hainan-mango", "drip-coffee"];
const TITLE = { zh: "晨采草莓专场", en: "Strawberries picked this morning" };
const NOTICE = { zh: "今天上午采的，下午就发车", en: "Picked this morning, on its way this afternoon" };

const encoders: Encoder[] = [];

/** Ends what the screens of a test have begun. */
export async function sweep(): Promise<void> {
  for (const encoder of encoders.splice(0)) await encoder.kill();
}

/** A host with a browser of their own. */
async function another(shop: Shop, page: Page): Promise<Studio> {
  const context = await page.context().browser()!.newContext({ locale: shop.language });
  const own = await context.newPage();
  return host(async () => ({ page: own, shop: new Shop(own, shop.language), customer: new Customer(own) }));
}

/** The same browser's customer as a host. */
function self(shop: Shop, page: Page): Promise<Studio> {
  return host(async () => ({ page, shop, customer: new Customer(page) }));
}

async function planned(studio: Studio): Promise<string> {
  const starts_at = Date.now() + 3_600_000;
  const room = { title: TITLE, notice: NOTICE, host: "xiaohe.orchard", starts_at, practice: false, shelf: SHELF };
  const { id } = await studio.one.customer.post("/api/studio/live", room);
  await studio.move(id, "schedule");
  return id;
}

async function onAir(studio: Studio): Promise<string> {
  const id = await planned(studio);
  encoders.push(await studio.encode(id));
  await studio.move(id, "start");
  return id;
}

/** What happens in a room: something is said, pinned, and sold at a flash price. */
async function busy(studio: Studio, id: string, english: boolean): Promise<void> {
  const { customer } = studio.one;
  await studio.pinByApi(id, 1);
  const price = { minor: 1990, currency: "CNY" };
  const terms = { sku: "FRU001-A", price, quota: 30, per_user: 2, countdown_s: 0, duration_s: 300 };
  const flash = await customer.post(`/api/studio/live/${id}/flash`, terms);
  await customer.post(`/api/studio/live/${id}/flash/${flash.id}/start`, {});
  const lines = english
    ? ["Good morning! Picked at five today", "Each box is one kilogram", "The flash price is on now"]
    : ["早上好，今天五点采的", "一盒两斤，个个这么大", "闪购开始了，手慢无"];
  for (const text of lines) await customer.post(`/api/studio/live/${id}/chat`, { text });
}

async function watch(page: Page, id: string): Promise<void> {
  await page.goto(`/live/${id}`);
  await page.locator("main[data-room]").waitFor({ timeout: 60_000 });
  await expectMoving(page);
}

const isEnglish = (shop: Shop) => shop.language === "en";

export const liveScreens: Screen[] = [
  {
    name: "live-waiting",
    open: async (shop, page) => {
      const id = await planned(await another(shop, page));
      await page.goto(`/live/${id}`);
      await shop.text("live.soon_title").waitFor({ timeout: 60_000 });
    },
  },
  {
    name: "live",
    open: async (shop, page) => {
      const studio = await another(shop, page);
      const id = await onAir(studio);
      await busy(studio, id, isEnglish(shop));
      await watch(page, id);
      await page.locator("article").getByRole("button", { name: shop.t("live.grab") }).waitFor();
    },
  },
  {
    name: "live-shelf",
    open: async (shop, page) => {
      const studio = await another(shop, page);
      const id = await onAir(studio);
      await busy(studio, id, isEnglish(shop));
      await watch(page, id);
      await page.getByRole("button", { name: shop.words.within("live.shelf_open") }).click();
      await page.getByRole("dialog").getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "live-giveaway",
    open: async (shop, page) => {
      const studio = await another(shop, page);
      const id = await onAir(studio);
      const prize = isEnglish(shop) ? "A box of strawberries" : "草莓一盒";
      await studio.one.customer.post(`/api/studio/live/${id}/giveaways`, { prize, entry: "anyone", winners: 3, open_s: 600 });
      await new Customer(page).signIn();
      await watch(page, id);
      await page.getByRole("button", { name: shop.t("live.giveaway_enter") }).click();
      await page.getByText(shop.t("live.giveaway_entered", { n: 1 })).waitFor();
    },
  },
  {
    name: "live-replay",
    open: async (shop, page) => {
      const studio = await another(shop, page);
      const id = await onAir(studio);
      await busy(studio, id, isEnglish(shop));
      await page.waitForTimeout(6000);
      await studio.move(id, "end");
      await sweep();
      for (let tries = 0; tries < 60 && (await studio.see(id)).room.state !== "replay_ready"; tries++) await page.waitForTimeout(500);
      await page.goto(`/live/${id}`);
      await page.locator("main[data-room=ReplayReady]").waitFor({ timeout: 60_000 });
      await expectMoving(page);
      // What was pinned, at its moment.
      await page.locator("article h2").waitFor();
    },
  },
  {
    name: "studio-rooms",
    open: async (shop, page) => {
      const studio = await self(shop, page);
      await planned(studio);
      await page.goto("/studio/live");
      await studio.button("new_room").waitFor({ timeout: 60_000 });
    },
  },
  {
    name: "studio-console",
    open: async (shop, page) => {
      const studio = await self(shop, page);
      const id = await onAir(studio);
      await busy(studio, id, isEnglish(shop));
      await studio.open(id);
      await studio.expectPicture();
      await studio.row(1).locator("[data-flash=Active]").waitFor();
    },
  },
];
