// Promotions made by the studio's API, for tests of what shoppers get of them.

import type { Somebody } from "../fixtures.ts";
import { grant } from "./studio.ts";

const HOUR = 60 * 60 * 1000;

/** Terms that hold from now on, which the shop pays for. */
function terms(zh: string, en: string, rule: unknown): Record<string, unknown> {
  return {
    title: { zh, en },
    starts_at: Date.now() - HOUR,
    ends_at: Date.now() + 24 * HOUR,
    funding: [{ funder: { kind: "store" }, share_bp: 10_000 }],
    rule,
  };
}

/** A coupon for everything: so much off from so much on, in minor units. */
export function coupon(zh: string, en: string, threshold: number, off: number): Record<string, unknown> {
  const benefit = { kind: "fixed", off };
  return terms(zh, en, { kind: "coupon", scope: { kind: "all" }, threshold, benefit, alone: false, claim_each: 1 });
}

/** A flash sale of one SKU. */
export function flashSale(zh: string, en: string, sku: string, price: number, quota: number): Record<string, unknown> {
  return terms(zh, en, { kind: "flash_sale", prices: [{ sku, price, quota }] });
}

/** Somebody who writes promotions. */
export async function editor(somebody: () => Promise<Somebody>): Promise<Somebody> {
  const one = await somebody();
  await one.customer.signIn();
  grant(one.customer.phone, "campaign_editor");
  return one;
}

/** Writes a promotion; gives its id. */
export async function draft(editor: Somebody, terms: unknown): Promise<string> {
  return (await editor.customer.post("/api/studio/campaigns", terms)).id;
}

/** Publishes it. */
export async function schedule(editor: Somebody, id: string): Promise<void> {
  await editor.customer.post(`/api/studio/campaigns/${id}/state`, { command: "schedule" });
}

/** Ends it, so that other tests find the shop as it was. */
export async function end(editor: Somebody, id: string): Promise<void> {
  await editor.customer.post(`/api/studio/campaigns/${id}/state`, { command: "end" });
}
