// What every test is given: the shop in one language, and a watch over the browser's complaints.

import { test as base, type BrowserContext, type Page } from "@playwright/test";
import { Customer } from "./pages/customer.ts";
import { Shop } from "./pages/shop.ts";
import type { Language } from "./pages/words.ts";

export { expect } from "@playwright/test";

/** Somebody with a browser of their own. */
export type Somebody = { page: Page; shop: Shop; customer: Customer };

type Given = {
  /** The language that the browser asks for. */
  language: Language;
  shop: Shop;
  /** A customer who is not signed in yet. */
  customer: Customer;
  /** Lets somebody else in, who shares nothing with the others. */
  somebody: () => Promise<Somebody>;
  /** What the browser complained of; a test that causes a complaint takes it out. */
  complaints: string[];
};

export const test = base.extend<Given>({
  language: ["zh-CN", { option: true }],

  locale: async ({ language }, use) => use(language),

  // The shop limits what one address may ask for. Each test is an address of its own.
  extraHTTPHeaders: async ({}, use) => {
    const part = () => Math.floor(Math.random() * 254) + 1;
    await use({ "x-forwarded-for": `10.${part()}.${part()}.${part()}` });
  },

  shop: async ({ page, language }, use) => use(new Shop(page, language)),

  customer: async ({ page }, use) => use(new Customer(page)),

  somebody: async ({ browser, language, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      watch(page, complaints);
      return { page, shop: new Shop(page, language), customer: new Customer(page) };
    });
    for (const context of contexts) await context.close();
  },

  // A panic, an uncaught error or a breach of the content policy fails whatever test it happens in.
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      watch(page, complaints);
      page.context().on("page", (other) => watch(other, complaints));
      await use(complaints);
      base.expect(complaints, "what the browser complained of").toEqual([]);
    },
    { auto: true },
  ],
});

function watch(page: Page, complaints: string[]): void {
  // A frame that goes on to another page breaks off what it was loading.
  const brokenOff = (words: unknown) => /Response body loading was aborted/.test(String(words));
  page.on("pageerror", (error) => brokenOff(error) || complaints.push(error.stack ?? String(error)));
  page.on("console", (message) => {
    // The browser notes every answer above 399 itself; what the app makes of it is the test's matter.
    const noted = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !noted && !brokenOff(message.text())) complaints.push(message.text());
  });
}

/** Runs the same tests in both languages. */
export const languages: Language[] = ["zh-CN", "en"];
