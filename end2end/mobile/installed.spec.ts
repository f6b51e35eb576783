// The shop in the browser's own keeping: it opens without a network, takes a new version in when the shopper
// says so, and finds its way when a new version has removed the files of the old one.

import type { Page } from "@playwright/test";
import { expect, languages, test } from "../fixtures.ts";
import { Host } from "../pages/host.ts";
import { Shop } from "../pages/shop.ts";

test.use({ serviceWorkers: "allow" });

/** Waits until the worker has kept all it needs. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Every address that is kept. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map((request) => new URL(request.url).pathname);
  });
}

/** How often the page is loaded from now on. */
function loads(page: Page): { count: number } {
  const loads = { count: 0 };
  page.on("load", () => loads.count++);
  return loads;
}

test("without a network the shop starts, shows the last feed and says so; nothing of the API is kept", async ({ page, shop, complaints }) => {
  await shop.feed.open();
  await installed(page);
  // This start comes through the worker, which keeps its pictures.
  await shop.feed.open();
  await shop.cart.open();
  await shop.feed.open();
  await page.context().setOffline(true);
  await page.reload();
  await shop.ready();
  await expect(page.getByText(shop.words.within("feed.stale"))).toBeVisible();
  await expect(shop.feed.cards.first()).toBeVisible();
  const picture = shop.feed.cards.first().getByRole("img", { includeHidden: true }).or(shop.feed.cards.first().locator("img"));
  await expect.poll(() => picture.first().evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(0);
  const paths = await kept(page);
  expect(paths).toContain("/index.html");
  expect(paths.filter((path) => path.startsWith("/api/"))).toEqual([]);
  await page.context().setOffline(false);
  await expect(page.getByText(shop.words.within("feed.stale"))).toHaveCount(0);
  await expect(shop.feed.cards.first()).toBeVisible();
  complaints.length = 0;
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a new version waits until the shopper lets it in, and the old one's files go", async ({ page }) => {
      const host = await Host.open();
      const shop = new Shop(page, language);
      await page.goto(host.url);
      await shop.feed.cards.first().waitFor();
      await installed(page);
      await page.reload();
      await shop.feed.cards.first().waitFor();
      const old = host.version;
      host.deploy();
      await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
      await expect(shop.text("app.newer").first()).toBeVisible();
      const seen = loads(page);
      await shop.button("app.renew").click();
      await expect.poll(() => page.locator(`link[href*="${host.version}"]`).count()).toBeGreaterThan(0);
      await shop.feed.cards.first().waitFor();
      expect(seen.count).toBe(1);
      const paths = await kept(page);
      expect(paths.filter((path) => path.includes(old))).toEqual([]);
      expect(paths.filter((path) => path.includes(host.version))).not.toEqual([]);
      host.close();
    });
  });
}

test("who comes anew has the new version already and is not asked", async ({ page, shop }) => {
  const host = await Host.open();
  await page.goto(host.url);
  await shop.feed.cards.first().waitFor();
  await installed(page);
  host.deploy();
  await page.goto(host.url);
  await shop.feed.cards.first().waitFor();
  await expect.poll(async () => (await kept(page)).some((path) => path.includes(host.version))).toBe(true);
  // The newer worker takes over by itself.
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting ?? null), { timeout: 15_000 })
    .toBeNull();
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("shell-")).length)).toBe(1);
  await expect(shop.text("app.newer")).toHaveCount(0);
  host.close();
});

test("a piece that a new version has removed loads the app anew, exactly once", async ({ page, shop, complaints }) => {
  await page.clock.install();
  const host = await Host.open();
  await page.goto(host.url);
  await shop.feed.cards.first().waitFor();
  host.deploy();
  const seen = loads(page);
  await shop.cartTab.click();
  await expect(shop.text("cart.empty_title")).toBeVisible();
  await expect(page).toHaveURL(/\/cart$/);
  expect(seen.count).toBe(1);
  expect(await page.locator(`link[href*="${host.version}"]`).count()).toBeGreaterThan(0);
  complaints.length = 0;
  host.close();
});

test("what a browser needs to put the shop on the home screen is there", async ({ page, shop }) => {
  await shop.feed.open();
  const cdp = await page.context().newCDPSession(page);
  const { errors } = await cdp.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // A private window, which a test's is, installs nothing.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});
