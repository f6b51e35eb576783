// The first screen comes with the page (ADR 18): it is there before the app and without it, the app takes its place
// without a jump and asks for nothing twice.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { host } from "../pages/studio.ts";
import { StaticHost } from "../pages/static_host.ts";

const STRAWBERRY = { slug: "dandong-strawberry", name: "丹东99红颜草莓礼盒" };
const MANGO = { slug: "hainan-mango", sku: "FRU002-A" };
const GUESTS_DATA = /\/api\/(home|feed|products|groups|creators|live)/;

/** Holds the app's WebAssembly back until released. */
async function holdApp(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(/_bg\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Where a page's layout moved without anybody's doing. */
async function watchLayout(page: Page): Promise<() => Promise<{ value: number; what: string[] }[]>> {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string[] }[] = [];
    Object.assign(window, { shifts });
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Node }[] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        const name = ({ node }: { node?: Node }) => (node instanceof Element ? `${node.nodeName}.${node.className}` : String(node?.nodeName));
        if (!entry.hadRecentInput) shifts.push({ value: entry.value, what: entry.sources.map(name) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: { value: number; what: string[] }[] }).shifts);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the feed and a product are read, and links are followed", async ({ page, shop }) => {
    await page.goto("/");
    await expect(page).toHaveTitle(/· 集市$/);
    const card = shop.feed.card(STRAWBERRY.name);
    await expect(card).toBeVisible();
    await expect(card).toContainText("¥29.9");
    await card.getByRole("link").click();
    await page.waitForURL(/\/p\/dandong-strawberry$/);
    await expect(page).toHaveTitle(`${STRAWBERRY.name} · 集市`);
    await expect(shop.title).toHaveText(STRAWBERRY.name);
    await expect(page.getByText("¥29.9").first()).toBeVisible();
    await expect(shop.main.locator("img").first()).toBeVisible();
    await expect(page.locator(".no-script")).toHaveText(shop.t("app.no_script"));
    await shop.link("app.tab_cart").click();
    await page.waitForURL(/\/cart$/);
  });
});

test("with an API that takes three seconds the first screen is there at once", async ({ page, shop }) => {
  await page.route("**/api/**", async (route) => {
    await new Promise((later) => setTimeout(later, 3_000));
    await route.continue().catch(() => {});
  });
  for (const path of ["/", `/p/${STRAWBERRY.slug}`]) {
    const began = Date.now();
    await page.goto(path, { waitUntil: "commit" });
    await expect(page.getByText(STRAWBERRY.name).locator("visible=true").first()).toBeVisible();
    expect(Date.now() - began).toBeLessThan(3_000);
    await shop.ready();
    await expect(page.getByText(STRAWBERRY.name).locator("visible=true").first()).toBeVisible();
  }
});

for (const place of ["feed", "product", "group", "creator", "category", "live"] as const) {
  test(`the app takes the place of a drawn ${place} without a jump and asks for nothing twice`, async ({ page, shop, somebody }, info) => {
    const paths = {
      feed: async () => "/",
      product: async () => `/p/${STRAWBERRY.slug}`,
      creator: async () => "/c/xiaohe.orchard",
      category: async () => "/category/fruit",
      live: async () => {
        const studio = await host(somebody);
        const id = await studio.plan([STRAWBERRY.slug]);
        await studio.move(id, "schedule");
        return `/live/${id}`;
      },
      group: async () => {
        const a = await somebody();
        await a.customer.signIn();
        return `/g/${(await a.customer.paySeat(MANGO.slug, MANGO.sku)).group}`;
      },
    };
    const path = await paths[place]();
    const shifts = await watchLayout(page);
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname, search } = new URL(request.url());
      // A list goes on where the page's part of it ends.
      if (!search.includes("cursor=")) asked.push(pathname);
    });
    const session = page.waitForEvent("requestfinished", (request) => request.url().endsWith("/api/auth/session"));
    const release = await holdApp(page);
    await page.goto(path, { waitUntil: "commit" });
    const main = page.locator("#shell main");
    await expect(main).toBeVisible();
    await expect(page.locator("#shell [aria-busy]")).toHaveCount(0);
    await page.waitForTimeout(300);
    const before = await main.innerText();
    release();
    await shop.ready();
    await session;
    await page.waitForTimeout(500);
    const words = (text: string) => text.replace(/\d+:\d+(:\d+)?|\d{2}/g, "").replace(/\s+/g, " ");
    expect(words(await shop.main.innerText()).slice(0, words(before).length)).toBe(words(before));
    // The stream of a group or a room asks once what happened before it was open, and what of it is the viewer's own.
    const again = asked.filter((path) => GUESTS_DATA.test(path) && !/^\/api\/(groups|live)\//.test(path));
    expect(again, "what came with the page").toEqual([]);
    const sum = (await shifts()).reduce((sum, it) => sum + it.value, 0);
    info.annotations.push({ type: "layout shift", description: sum.toFixed(4) });
    expect(sum, JSON.stringify(await shifts())).toBeLessThanOrEqual(0.01);
  });
}

test("a first visit paints after four requests at most and makes few in all, pictures out of sight aside", async ({ page, shop }, info) => {
  for (const path of ["/", `/p/${STRAWBERRY.slug}`]) {
    await page.goto("about:blank");
    await page.goto(path);
    await shop.ready();
    await page.waitForLoadState("networkidle");
    const loads = await page.evaluate(() => {
      const all = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const paint = performance.getEntriesByName("first-contentful-paint")[0]!.startTime;
      type Blocking = PerformanceResourceTiming & { renderBlockingStatus?: string };
      // What the paint waited for, and the page itself.
      const waited = all.filter((it) => (it as Blocking).renderBlockingStatus === "blocking" && it.responseEnd <= paint);
      // Browsers fetch pictures long before they come into sight, the more the faster the line is.
      const unseen = [...document.querySelectorAll<HTMLImageElement>("img[loading=lazy]")].map((it) => it.currentSrc);
      const names = all.filter((it) => !unseen.includes(it.name)).map((it) => new URL(it.name).pathname);
      return { all: names.length + 1, waited: waited.length + 1, names };
    });
    info.annotations.push({ type: `requests ${path}`, description: `${loads.waited} before the paint, ${loads.all} in all` });
    expect(loads.waited, path).toBeLessThanOrEqual(4);
    expect(loads.all, `${path} ${loads.names}`).toBeLessThanOrEqual(20);
  }
});

test("a link works before the app does", async ({ page, shop, complaints }) => {
  const release = await holdApp(page);
  await page.goto("/", { waitUntil: "commit" });
  await shop.feed.card(STRAWBERRY.name).getByRole("link").click();
  await page.waitForURL(/\/p\/dandong-strawberry$/);
  await expect(page.locator("#shell h1")).toHaveText(STRAWBERRY.name);
  release();
  await shop.ready();
  await expect(shop.title).toHaveText(STRAWBERRY.name);
  // The app of the page that was left was still on its way.
  expect(complaints.every((it) => it.includes("Failed to fetch"))).toBe(true);
  complaints.length = 0;
});

test("what was pressed before the app is there is pressed once it is; what was scrolled stays", async ({ page, shop }) => {
  const release = await holdApp(page);
  await page.goto(`/p/${STRAWBERRY.slug}`, { waitUntil: "commit" });
  await shop.product.addToCart.waitFor();
  await page.evaluate(() => scrollTo(0, 240));
  const y = await page.evaluate(() => scrollY);
  await shop.product.addToCart.click();
  release();
  await shop.ready();
  await expect(shop.sheet).toBeVisible();
  expect(y).toBe(240);
  expect(await page.evaluate(() => scrollY)).toBe(y);
});

test("the page waits with taking over while a finger lies on it", async ({ page, shop }) => {
  const release = await holdApp(page);
  await page.goto(`/p/${STRAWBERRY.slug}`, { waitUntil: "commit" });
  const button = await shop.product.addToCart.boundingBox();
  await page.mouse.move(button!.x + 5, button!.y + 5);
  await page.mouse.down();
  const arrived = page.waitForEvent("requestfinished", (request) => request.url().endsWith("_bg.wasm"));
  release();
  await arrived;
  await page.waitForTimeout(1_000);
  await expect(page.locator("#shell")).toHaveCount(1);
  await page.mouse.up();
  await shop.ready();
  await expect(shop.sheet).toBeVisible();
});

test("the language that was chosen is the next first screen's", async ({ page, shop, context }) => {
  await shop.feed.open();
  await page.evaluate(() => localStorage.setItem("lang", "en"));
  await page.reload();
  await shop.ready();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("navigation", { name: "Tabs" }).or(page.getByText("For you")).first()).toBeVisible();
  // From now on the server knows.
  const cookies = await context.cookies();
  expect(cookies.find((cookie) => cookie.name === "lang")?.value).toBe("en");
  const page2 = await (await page.request.get("/")).text();
  expect(page2).toContain('<html lang="en"');
});

test("from a host that knows nothing of the shop the app still works", async ({ page, shop, baseURL }) => {
  const host = await StaticHost.open(baseURL!);
  try {
    await page.goto(`${host.url}/`);
    await shop.ready();
    await shop.feed.card(STRAWBERRY.name).getByRole("link").click();
    await expect(shop.title).toHaveText(STRAWBERRY.name);
    await page.goto(`${host.url}/p/${STRAWBERRY.slug}`);
    await shop.ready();
    await expect(shop.title).toHaveText(STRAWBERRY.name);
    await expect(shop.product.addToCart).toBeVisible();
  } finally {
    await host.close();
  }
});
