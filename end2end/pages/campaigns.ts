// Promotions in the studio: the list, the editor, readiness and the preview beside it.

import { randomUUID } from "node:crypto";
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import type { Somebody } from "../fixtures.ts";
import { grant } from "./studio.ts";
import { type Language, type Values, Words } from "./words.ts";

/** Somebody who writes promotions, signed in. */
export async function editor(somebody: () => Promise<Somebody>): Promise<Campaigns> {
  const one = await somebody();
  await one.customer.signIn();
  grant(one.customer.phone, "campaign_editor");
  return new Campaigns(one.page, one.shop.language, one);
}

/** A moment as the browser's field for day and time holds it: so many days after the next Friday, by the shop's clock. */
export function friday(time: string): string {
  const shop = new Date(Date.now() + 8 * 60 * 60 * 1000);
  const days = (5 - shop.getUTCDay() + 7) % 7 || 7;
  shop.setUTCDate(shop.getUTCDate() + days);
  return `${shop.toISOString().slice(0, 10)}T${time}`;
}

export class Campaigns {
  private readonly words: Words;

  constructor(
    readonly page: Page,
    language: Language,
    readonly one: Somebody,
  ) {
    this.words = new Words(language);
  }

  t(key: string, values?: Values): string {
    return this.words.of(`campaigns.${key}`, values);
  }

  async list(): Promise<void> {
    await this.page.goto("/studio/campaigns");
    await expect(this.page.getByRole("heading", { level: 1, name: this.t("name") })).toBeVisible({ timeout: 60_000 });
  }

  /** Begins a new one of a kind; gives its id. */
  async begin(kind: "flash_sale" | "coupon" | "full_reduction" | "member_price"): Promise<string> {
    await this.page.goto("/studio/campaigns/new");
    await this.page.getByRole("button", { name: this.t(kind) }).first().click({ timeout: 60_000 });
    await expect(this.page).toHaveURL(/\/studio\/campaigns\/[0-9a-f]{32}$/);
    await expect(this.field("title_zh")).toBeVisible();
    return this.page.url().split("/").at(-1)!;
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/studio/campaigns/${id}`);
    await expect(this.field("title_zh")).toBeVisible({ timeout: 60_000 });
  }

  button(key: string, values?: Values): Locator {
    return this.page.getByRole("button", { name: this.t(key, values), exact: true });
  }

  field(key: string): Locator {
    return this.page.getByLabel(this.t(key), { exact: true });
  }

  /** Finds a product and takes one of its SKUs in. */
  async add(product: string, sku: string): Promise<void> {
    const find = this.page.getByLabel(this.words.of("studio.find_product"));
    await find.fill(product);
    await find.press("Enter");
    await this.page.getByRole("button", { name: this.t("choose_sku") }).first().click();
    await this.page.getByRole("button", { name: sku }).click();
  }

  /** What is typed is with the shop. */
  async expectKept(): Promise<void> {
    await expect(this.page.getByRole("status").filter({ hasText: this.t("kept") })).toBeVisible();
  }

  /** A check of readiness. */
  check(kind: string): Locator {
    return this.page.locator(`[data-check="${kind}"]`);
  }

  async expectCheck(kind: string, level: "block" | "warn" | "pass"): Promise<void> {
    await expect(this.check(kind)).toHaveAttribute("data-level", level, { timeout: 30_000 });
  }

  /** The moment that the preview shows, and as whom. */
  async look(at: string, persona: "persona_new" | "persona_member" | "persona_guest"): Promise<void> {
    await this.page.getByRole("radio", { name: this.t(persona), exact: true }).check({ force: true });
    const moment = this.page.locator("#as-of");
    await moment.fill(at);
    await moment.blur();
  }

  /** The shop in the phone's frame. */
  get shop(): FrameLocator {
    return this.page.frameLocator("iframe");
  }

  /** Makes one by the API, for tests that are about something else; gives its id. */
  async make(terms: unknown): Promise<string> {
    return (await this.one.customer.post("/api/studio/campaigns", terms)).id;
  }

  see(id: string): Promise<any> {
    return this.one.customer.get(`/api/studio/campaigns/${id}`);
  }

  async command(id: string, command: string): Promise<void> {
    await this.one.customer.post(`/api/studio/campaigns/${id}/state`, { command });
  }

  /** Writes over it from elsewhere, as somebody else would. */
  async writeElsewhere(id: string, change: (terms: any) => void): Promise<void> {
    const { version, terms } = await this.see(id);
    change(terms);
    const headers = { "sec-fetch-site": "same-origin", "idempotency-key": randomUUID() };
    const answer = await this.page.request.put(`/api/studio/campaigns/${id}`, { data: { version, terms }, headers });
    expect(answer.ok(), await answer.text()).toBeTruthy();
  }
}

/** Terms of a flash sale on which nothing is to mend. */
export function saleTerms(sku: string, price: number, quota: number, from: number, until: number): unknown {
  return {
    title: { zh: "周五草莓", en: "Friday strawberries" },
    starts_at: from,
    ends_at: until,
    funding: [
      { funder: { kind: "store" }, share_bp: 6000 },
      { funder: { kind: "supplier", party: "小禾果园" }, share_bp: 4000 },
    ],
    rule: { kind: "flash_sale", prices: [{ sku, price, quota }] },
  };
}
