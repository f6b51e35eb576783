// Short videos: swiping, buying and talking over the playing picture; and a creator's clip from the phone to a
// playing short.

import { readFileSync } from "node:fs";
import { expect, languages, test } from "../fixtures.ts";
import { product, said } from "../pages/catalogue.ts";
import { CLIP, fileOf, makeCreator } from "../pages/videos.ts";

const FIRST = "strawberry-dawn";
const STRAWBERRY = "dandong-strawberry";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("one plays, the next is loaded, three players serve any number", async ({ shop, page }) => {
      await shop.videos.open(FIRST);
      await shop.videos.plays(FIRST);
      expect((await shop.videos.player()).muted, "it begins without sound").toBe(true);
      const seen = new Set<string>([page.url()]);
      for (let n = 0; n < 6; n++) {
        await shop.videos.swipe();
        const id = page.url().split("/v/")[1]!;
        await shop.videos.plays(id);
        seen.add(page.url());
        const files = (await shop.videos.players()).map((it) => it.file).filter(Boolean);
        expect(files.length, "the one before, this one, the next").toBe(3);
      }
      expect(seen.size).toBe(7);
      await shop.videos.swipe(-1);
      await shop.videos.plays(page.url().split("/v/")[1]!);
    });

    test("a tap turns the sound on, and it is remembered", async ({ shop }) => {
      await shop.videos.open(FIRST);
      await shop.videos.plays(FIRST);
      await shop.button("videos.tap_sound").click();
      await expect.poll(async () => (await shop.videos.player()).muted).toBe(false);
      await shop.videos.swipe();
      await expect.poll(async () => (await shop.videos.player()).muted).toBe(false);
      expect(await shop.page.evaluate(() => localStorage.getItem("sound"))).toBe("1");
      await shop.button("videos.mute").click();
      await expect.poll(async () => (await shop.videos.player()).muted).toBe(true);
    });

    test("the product is bought over the picture that plays on", async ({ shop, page }) => {
      await shop.videos.open(FIRST);
      await shop.videos.plays(FIRST);
      await expect(shop.videos.card).toContainText(said(product(STRAWBERRY).title, language));
      const asked = page.waitForRequest((it) => it.url().includes(`/api/products/${STRAWBERRY}`));
      await shop.videos.card.click();
      await asked;
      await expect(shop.sheet).toBeVisible();
      const before = await shop.videos.player();
      expect(before.paused).toBe(false);
      await expect.poll(async () => (await shop.videos.player()).at).not.toBe(before.at);
      await shop.sheet.getByRole("button").filter({ hasText: shop.t("videos.together") }).click();
      await page.waitForURL(/checkout(%2F|\/)seat/);
      await page.goBack();
      await page.waitForURL(new RegExp(`/v/${FIRST}$`));
      await shop.videos.plays(FIRST);
    });

    test("a like counts at once, stays, and is taken back when the shop does not take it", async ({ shop, page }) => {
      await shop.videos.open("window-plants");
      await expect(shop.videos.like).toHaveAttribute("aria-pressed", "false");
      await shop.videos.like.click();
      await expect(shop.videos.like).toHaveAttribute("aria-pressed", "true");
      await expect.poll(async () => (await page.request.get("/api/videos/window-plants")).json().then((it) => it.liked)).toBe(true);
      await page.route("**/api/videos/*/like", (route) => route.fulfill({ status: 500, body: "{}" }));
      await shop.videos.like.click();
      await expect(shop.videos.like).toHaveAttribute("aria-pressed", "true");
    });

    test("somebody signed in says something, which everybody reads; a guest is asked to sign in", async ({ shop, page, customer, somebody }) => {
      await shop.videos.open("kite-weekend");
      await shop.videos.comments.click();
      await expect(shop.link("videos.sign_in")).toBeVisible();
      await page.keyboard.press("Escape");
      await customer.signIn();
      await shop.videos.open("kite-weekend");
      await shop.videos.comments.click();
      const words = `<b>${language}</b> ${Date.now()}`;
      await shop.sheet.getByLabel(shop.t("videos.say"), { exact: true }).fill(words);
      await shop.button("talk.send").click();
      await expect(shop.sheet.getByText(words, { exact: true })).toBeVisible();
      const other = await somebody();
      await other.shop.videos.open("kite-weekend");
      await other.shop.videos.comments.click();
      await expect(other.shop.sheet.getByText(words, { exact: true })).toBeVisible();
    });

    test("the way back leads to where one was; a link to one opens it", async ({ shop, page }) => {
      await shop.videos.open("crab-autumn");
      await shop.videos.plays("crab-autumn");
      await shop.videos.swipe();
      await shop.videos.swipe();
      const there = page.url();
      const id = there.split("/v/")[1]!;
      await shop.videos.creator.click();
      await page.waitForURL(/\/c\//);
      await page.goBack();
      await page.waitForURL(there);
      await shop.videos.plays(id);
      // Neither does a sheet that closes move it.
      await shop.videos.comments.click();
      await expect(shop.sheet).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(shop.sheet).toHaveCount(0);
      await shop.videos.plays(id);
      expect(page.url()).toBe(there);
      await page.reload();
      await shop.videos.plays(id);
    });

    test("the feed has cards of videos", async ({ shop, page }) => {
      await shop.feed.open();
      const card = shop.main.locator("a[href^='/v/']").first();
      await expect(async () => {
        await page.mouse.wheel(0, 2_000);
        await expect(card).toBeVisible({ timeout: 500 });
      }).toPass();
      const to = (await card.getAttribute("href"))!;
      await card.click();
      await page.waitForURL(`**${to}`);
      await shop.videos.plays(to.slice(3));
    });

    test("a creator's clip from the phone becomes a playing short", async ({ shop, page, customer, somebody }) => {
      test.slow();
      await customer.signIn();
      // Each of these tests is another creator: what one sends stands in that one's list.
      makeCreator(customer, language === "en" ? "amei.teatime" : "aze.kitchen");
      await shop.open("/account");
      await shop.link("account.videos").click();
      await shop.videos.field.waitFor({ state: "attached" });
      // The line breaks once on the way.
      let broken = 0;
      await page.route("**/api/own/videos/*/file", (route) => {
        if (route.request().method() === "PATCH" && broken++ === 1) return route.abort();
        return route.fallback();
      });
      // A file of its own, so that neither language's test goes on with the other's.
      await shop.videos.field.setInputFiles(fileOf("phone.mp4", readFileSync(CLIP)));
      await expect(shop.videos.own("ready")).toBeVisible({ timeout: 90_000 });
      expect(broken, "it went on after the break").toBeGreaterThan(2);
      await shop.button("videos.describe").click();
      const caption = `${language} ${Date.now()}`;
      await shop.sheet.getByRole("textbox", { name: shop.words.within("videos.caption") }).fill(caption);
      await shop.sheet.getByLabel(shop.t("videos.product_find"), { exact: true }).fill(said(product(STRAWBERRY).title, language));
      await shop.sheet.getByRole("button", { name: shop.t("videos.search"), exact: true }).click();
      await shop.sheet.getByRole("button", { name: shop.t("videos.product_add", { name: said(product(STRAWBERRY).title, language) }) }).click();
      await shop.sheet.getByLabel(shop.t("videos.from"), { exact: true }).fill("0");
      await shop.sheet.getByLabel(shop.t("videos.to"), { exact: true }).fill("99");
      await shop.button("videos.publish_now").click();
      await expect(shop.text("videos.time_late")).toBeVisible();
      await shop.sheet.getByLabel(shop.t("videos.to"), { exact: true }).fill("3");
      await shop.button("videos.publish_now").click();
      await expect(shop.sheet).toHaveCount(0);
      const mine = page.getByRole("region", { name: caption, exact: true });
      const link = (await mine.getByRole("link", { name: shop.t("videos.see"), exact: true }).getAttribute("href"))!;
      const viewer = await somebody();
      await viewer.shop.videos.open(link.slice(3));
      await viewer.shop.videos.plays(link.slice(3));
      await expect(viewer.shop.videos.now.getByText(caption)).toBeVisible();
      await expect(viewer.shop.videos.card).toContainText(said(product(STRAWBERRY).title, language));
      // Taken away, it is gone for everybody.
      await mine.getByRole("button", { name: shop.t("videos.delete"), exact: true }).click();
      await mine.getByRole("button", { name: shop.t("videos.delete_sure"), exact: true }).click();
      await expect(mine).toHaveCount(0);
      expect((await page.request.get(`/api/videos/${link.slice(3)}`)).status()).toBe(404);
    });

    test("a lying, a broken and a huge file end in words that say what to do", async ({ shop, page, customer }) => {
      test.slow();
      await customer.signIn();
      makeCreator(customer, language === "en" ? "doudou.home" : "linda.colours");
      await shop.videos.openOwn();
      await shop.videos.field.setInputFiles(fileOf("lie.mp4", "#EXTM3U\nfile:///etc/passwd\n".repeat(40)));
      await expect(shop.main.getByRole("alert").getByText(shop.t("videos.fault_kind")).first()).toBeVisible();
      const whole = readFileSync(CLIP);
      const broken = Buffer.concat([whole.subarray(0, whole.length / 3), Buffer.alloc(1_000)]);
      await shop.videos.field.setInputFiles(fileOf("broken.mp4", broken));
      await expect(shop.main.getByText(shop.t("videos.fault_damaged")).first()).toBeVisible({ timeout: 60_000 });
      // Larger than the shop takes: refused before a byte is sent.
      const own = await customer.get("/api/own/videos");
      await page.route("**/api/own/videos", async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...(await answer.json()), size_max: 1_000_000 } });
      });
      await shop.videos.openOwn();
      await shop.videos.field.setInputFiles(fileOf("huge.mp4", Buffer.alloc(1_000_001)));
      await expect(shop.text("videos.fault_size", { mb: 1 })).toBeVisible();
      expect((await customer.get("/api/own/videos")).items).toHaveLength(own.items.length);
    });
  });
}

test("whoever is no creator is told so", async ({ shop, page, customer }) => {
  await customer.signIn();
  await shop.open("/publish");
  await expect(shop.text("videos.no_creator_title")).toBeVisible();
  await shop.open("/account");
  await expect(page.getByRole("link", { name: shop.t("account.videos") })).toHaveCount(0);
});

test("whoever saves data sees posters, and a tap plays", async ({ shop, page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true, effectiveType: "4g" } }));
  const films: string[] = [];
  page.on("request", (it) => it.url().includes("/media/videos/") && films.push(it.url()));
  await shop.videos.open(FIRST);
  await expect(shop.text("videos.saver")).toBeVisible();
  expect(films).toEqual([]);
  expect((await shop.videos.player()).paused).toBe(true);
  await shop.videos.picture("play").click();
  await shop.videos.plays(FIRST);
});

test("where the browser refuses to begin, a play button stands on the poster", async ({ shop, page }) => {
  await page.addInitScript(() => {
    let tapped = false;
    addEventListener("click", () => (tapped = true), true);
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      return tapped ? play.call(this) : Promise.reject(new DOMException("a tap first", "NotAllowedError"));
    };
  });
  await shop.videos.open(FIRST);
  await shop.videos.picture("play").click();
  await shop.videos.plays(FIRST);
});

test("a film that cannot be shown says so, also where the browser is silent", async ({ shop, page }) => {
  await page.route("**/media/videos/**", (route) => route.fulfill({ status: 200, contentType: "video/mp4", body: Buffer.alloc(64) }));
  await shop.videos.open(FIRST);
  await expect(shop.text("videos.cannot")).toBeVisible();
  // No error, no picture: as some browsers do with HEVC.
  await page.unroute("**/media/videos/**");
  await page.addInitScript(() => {
    HTMLMediaElement.prototype.play = () => Promise.resolve();
    HTMLMediaElement.prototype.load = () => {};
    for (const name of ["videoWidth", "readyState", "networkState"]) {
      Object.defineProperty(name === "videoWidth" ? HTMLVideoElement.prototype : HTMLMediaElement.prototype, name, { get: () => (name === "networkState" ? 1 : 0) });
    }
  });
  await shop.videos.open(FIRST);
  await expect(shop.text("videos.cannot")).toBeVisible({ timeout: 15_000 });
});

test("what was on screen for a second is told once", async ({ shop, page }) => {
  const told: { event: string; video: string; product?: string }[] = [];
  page.on("request", (it) => {
    if (it.url().endsWith("/api/videos/sights")) told.push(...it.postDataJSON().seen);
  });
  await shop.videos.open(FIRST);
  await shop.videos.plays(FIRST);
  await expect.poll(() => told.filter((it) => it.video === FIRST).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
  expect(told.filter((it) => it.video === FIRST && !it.product)).toHaveLength(1);
  expect(new Set(told.map((it) => it.event)).size).toBe(told.length);
});

test("the keyboard steps through the feed", async ({ shop, page }) => {
  await shop.videos.open(FIRST);
  await shop.videos.column.focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.url()).not.toContain(FIRST);
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => page.url()).toContain(FIRST);
});
