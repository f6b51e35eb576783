// What is said of short videos: answering, reporting, taking away; and what is spoken in them, to be read.

import type { Page } from "@playwright/test";
import { expect, languages, test } from "../fixtures.ts";
import { fileOf, makeCreator } from "../pages/videos.ts";

/** What the shop answers to somebody who reads this language. */
async function read(page: Page, language: string, path: string): Promise<any> {
  return (await page.request.get(path, { headers: { "accept-language": language } })).json();
}

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("a comment is answered by keyboard alone, and taken away with its answer", async ({ shop, page, customer, somebody }) => {
      await customer.signIn();
      const words = `${language} ${Date.now()}`;
      const video = language === "en" ? "peach-oolong-cold" : "mango-beach";
      const asked = await customer.post(`/api/videos/${video}/comments`, { text: words }, language);
      const other = await somebody();
      await other.customer.signIn();
      await other.shop.videos.open(video);
      await other.shop.videos.comments.click();
      const answer = other.shop.videos.comment(words).getByRole("button", { name: shop.t("videos.answer_to", { name: asked.author }), exact: true });
      await answer.focus();
      await other.page.keyboard.press("Enter");
      await expect(other.shop.sheet.getByText(shop.t("videos.answering", { name: asked.author }))).toBeVisible();
      await expect(other.shop.videos.say).toBeFocused();
      await other.page.keyboard.type(`> ${words}`);
      await other.page.keyboard.press("Enter");
      await expect(other.shop.videos.comment(words).getByText(`> ${words}`, { exact: true })).toBeVisible();
      await expect(other.shop.sheet.getByText(shop.t("videos.answering", { name: asked.author }))).toHaveCount(0);
      // It stands there for everybody; another's may not be taken away.
      await shop.videos.open(video);
      const before = await shop.videos.countOfComments();
      await shop.videos.comments.click();
      const line = shop.videos.comment(words);
      await expect(line.getByText(`> ${words}`, { exact: true })).toBeVisible();
      await expect(line.getByRole("button", { name: shop.t("videos.remove"), exact: true })).toHaveCount(1);
      await line.getByRole("button", { name: shop.t("videos.remove"), exact: true }).click();
      await expect(line).toHaveCount(0);
      await expect.poll(async () => (await read(page, language, `/api/videos/${video}`)).comments).toBe(before - 2);
      await page.keyboard.press("Escape");
      await expect.poll(() => shop.videos.countOfComments()).toBe(before - 2);
    });

    test("a comment and the video are reported for one of the shop's reasons", async ({ shop, page, customer }) => {
      await shop.videos.open("crab-autumn");
      await shop.videos.comments.click();
      await shop.sheet.getByRole("listitem").first().waitFor();
      await expect(shop.sheet.getByRole("button", { name: shop.words.within("videos.report_of") })).toHaveCount(0);
      await page.keyboard.press("Escape");
      await customer.signIn();
      await shop.videos.open("crab-autumn");
      await shop.videos.comments.click();
      const reasons: { kind: string; text: string }[] = await read(page, language, "/api/report-reasons");
      const report = shop.sheet.getByRole("button", { name: shop.words.within("videos.report_of") }).first();
      await report.click();
      const why = page.getByRole("dialog", { name: shop.t("videos.report_title"), exact: true });
      for (const { text } of reasons) await expect(why.getByRole("button", { name: text, exact: true })).toBeVisible();
      // What the shop does not take stays open, with words; Escape leads back to the comments.
      await page.route("**/reports", (route) => route.fulfill({ status: 500, body: "{}" }), { times: 1 });
      await why.getByRole("button", { name: reasons[1]!.text, exact: true }).click();
      await expect(why.getByRole("alert")).not.toBeEmpty();
      await page.keyboard.press("Escape");
      await expect(why).toHaveCount(0);
      await expect(shop.sheet).toBeVisible();
      await expect(report).toBeFocused();
      const reports: unknown[] = [];
      page.on("request", (it) => it.url().endsWith("/reports") && reports.push(it.postDataJSON()));
      await page.keyboard.press("Enter");
      await why.getByRole("button", { name: reasons[1]!.text, exact: true }).click();
      await expect(why).toHaveCount(0);
      await expect(shop.sheet.getByRole("button", { name: shop.t("videos.reported"), exact: true })).toHaveCount(1);
      await shop.button("videos.report_video").click();
      await why.getByRole("button", { name: reasons[0]!.text, exact: true }).click();
      await expect(shop.sheet.getByRole("button", { name: shop.t("videos.reported"), exact: true })).toHaveCount(2);
      expect(reports).toEqual([{ comment: expect.any(String), kind: reasons[1]!.kind }, { kind: reasons[0]!.kind }]);
    });

    test("subtitles are added by the creator, read by viewers, and turned off for good", async ({ shop, page, customer, somebody }) => {
      await customer.signIn();
      makeCreator(customer, "aze.kitchen");
      const video = language === "en" ? "steak-sizzle" : "crab-autumn";
      const spoken = language === "en" ? "Hear it sizzle" : "听，滋滋响";
      const { caption } = await read(page, language, `/api/videos/${video}`);
      await shop.videos.openOwn();
      const mine = page.getByRole("region", { name: caption, exact: true });
      await mine.getByRole("button", { name: shop.t("videos.edit"), exact: true }).click();
      const own = language === "en" ? "English" : "中文";
      const field = shop.sheet.getByLabel(shop.t("videos.subtitles_of", { language: own }), { exact: true });
      await field.setInputFiles(fileOf("film.srt", "1\n00:00:00,000 --> 00:00:09,000\nx\n"));
      await expect(shop.sheet.getByText(shop.t("videos.subtitles_wrong"))).toBeVisible();
      await field.setInputFiles(fileOf("long.vtt", `WEBVTT\n\n00:00.000 --> 00:09.000\n${"x".repeat(48 * 1024)}`));
      await expect(shop.sheet.getByText(shop.t("videos.subtitles_large"))).toBeVisible();
      await field.setInputFiles(fileOf("film.vtt", `WEBVTT\n\n00:00.000 --> 00:59.000\n${spoken}\n`));
      await expect(shop.sheet.getByText(shop.t("videos.subtitles_there"), { exact: true })).toBeVisible();
      await expect(shop.sheet.getByRole("alert")).toHaveCount(0);
      const viewer = await somebody();
      await viewer.shop.videos.open(video);
      await expect(viewer.shop.videos.now.getByText(spoken, { exact: true })).toBeVisible();
      await viewer.shop.videos.now.getByRole("button", { name: shop.t("videos.captions_on"), exact: true }).click();
      await expect(viewer.shop.videos.now.getByText(spoken, { exact: true })).toHaveCount(0);
      await viewer.page.reload();
      await viewer.shop.videos.plays(video);
      await expect(viewer.shop.videos.now.getByRole("button", { name: shop.t("videos.captions_off"), exact: true })).toBeVisible();
      await expect(viewer.shop.videos.now.getByText(spoken, { exact: true })).toHaveCount(0);
      await shop.sheet.getByRole("button", { name: shop.t("videos.subtitles_remove", { language: own }), exact: true }).click();
      await expect(shop.sheet.getByText(shop.t("videos.subtitles_there"), { exact: true })).toHaveCount(0);
      expect((await read(page, language, `/api/videos/${video}`)).subtitles).toEqual([]);
    });
  });
}
