// The room that was left goes on as a small picture: one player, through every page (features.md 31).

import { expect, test } from "../fixtures.ts";
import { product, said } from "../pages/catalogue.ts";
import { expectMoving, host } from "../pages/studio.ts";

test.describe.configure({ mode: "default", timeout: 180_000 });
test.use({ viewport: { width: 390, height: 844 } });

const SHELF = ["dandong-strawberry", "hainan-mango"];
const title = said(product(SHELF[0]!).title, "zh-CN");

test("the small picture plays on over other pages, and the room takes it back", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  const { page, shop } = await somebody();
  let joined = 0;
  page.on("request", (request) => request.url().includes("stream.mp4") && joined++);
  await page.goto(`/live/${id}`);
  await expectMoving(page, 60_000);
  await page.evaluate(() => Object.assign(document.querySelector("video")!, { theOne: true }));
  const isTheOne = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll("video")];
      return all.length === 1 && "theOne" in all[0]!;
    });
  const mini = page.getByRole("complementary", { name: shop.words.within("live.mini") });
  await expect(mini).toBeHidden();

  // To a product of the shelf and on to the cart: the same player, which never began anew.
  await page.getByRole("button", { name: shop.words.within("live.shelf_open") }).click();
  await page.getByRole("dialog").getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(/\/p\//);
  await expect(mini).toBeVisible();
  await expectMoving(page);
  expect(await isTheOne()).toBe(true);
  await page.locator("a[href='/cart']").first().click();
  await expect(page).toHaveURL(/\/cart/);
  await expect(mini).toBeVisible();
  await expectMoving(page);

  await mini.getByRole("link", { name: shop.t("live.mini_back") }).click();
  await expect(page).toHaveURL(new RegExp(`/live/${id}`));
  await expect(page.locator("main[data-room=Live]")).toBeVisible();
  await expect(mini).toBeHidden();
  await expectMoving(page);
  expect(await isTheOne()).toBe(true);
  expect(joined).toBe(1);
  // What is told is shown by the page that took it back.
  await studio.pinByApi(id, 1);
  await expect(page.locator("article h2")).toHaveText(title);

  // Who closes a room wants none of it; who leaves and then closes the small picture neither.
  await page.goBack();
  await expect(mini).toBeVisible();
  await mini.getByRole("button", { name: shop.t("live.mini_close") }).click();
  await expect(mini).toBeHidden();
  expect(await page.evaluate(() => document.querySelectorAll("video").length)).toBe(0);
  await page.goto(`/live/${id}`);
  await expectMoving(page, 60_000);
  await page.getByRole("button", { name: shop.t("live.leave") }).click();
  await expect(page).not.toHaveURL(/\/live\//);
  await expect(mini).toBeHidden();
  await encoder.kill();
});

test("a small picture goes with its room", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  const { page, shop } = await somebody();
  await page.goto(`/live/${id}`);
  await expectMoving(page, 60_000);
  await page.getByRole("button", { name: shop.words.within("live.shelf_open") }).click();
  await page.getByRole("dialog").getByRole("link", { name: title }).click();
  const mini = page.getByRole("complementary", { name: shop.words.within("live.mini") });
  await expect(mini).toBeVisible();
  await studio.move(id, "end");
  await expect(mini).toBeHidden({ timeout: 30_000 });
  await encoder.kill();
});
