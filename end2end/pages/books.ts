// The studio's desks of orders, goods and books, and a sale to look at in them.

import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Somebody } from "../fixtures.ts";
import { sku } from "./catalogue.ts";
import type { Customer } from "./customer.ts";
import { gateway } from "./gateway.ts";
import { grant } from "./studio.ts";
import { type Language, type Values, Words } from "./words.ts";

type Role = Parameters<typeof grant>[1];

/** Somebody of the staff in a role, signed in. */
export async function staff(role: Role, somebody: () => Promise<Somebody>): Promise<Desk> {
  const one = await somebody();
  return new Desk(one.page, one.shop.language, await employ(role, one.customer));
}

/** Signs a browser's customer in and gives it a role. */
export async function employ(role: Role, customer: Customer): Promise<Customer> {
  await customer.signIn();
  grant(customer.phone, role);
  return customer;
}

/** Somebody's studio. */
export class Desk {
  private readonly words: Words;

  constructor(
    readonly page: Page,
    language: Language,
    readonly customer: Customer,
  ) {
    this.words = new Words(language);
  }

  t(key: string, values?: Values): string {
    return this.words.of(key, values);
  }

  /** Matches the words of a key with anything in its braces. */
  like(key: string): RegExp {
    return this.words.like(key);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`/studio/${path}`);
    await this.page.getByRole("heading", { level: 1 }).waitFor({ timeout: 60_000 });
  }

  button(key: string, values?: Values): Locator {
    return this.page.getByRole("button", { name: this.t(key, values), exact: true });
  }

  link(key: string): Locator {
    return this.page.getByRole("link", { name: this.t(key), exact: true });
  }

  field(key: string): Locator {
    return this.page.getByLabel(this.t(key), { exact: true });
  }

  /** Chooses one of a few; the words lie over the browser's own control. */
  async choose(key: string): Promise<void> {
    await this.sheet.getByRole("radio", { name: this.t(key), exact: true }).check({ force: true });
  }

  get sheet(): Locator {
    return this.page.getByRole("dialog");
  }

  /** The amount of a line of the statement on the page. */
  amount(key: string): Locator {
    return this.page.getByRole("row", { name: this.t(key) }).getByRole("cell").first();
  }

  /** The entries of a time as the downloaded file has them, a record each. */
  async download(): Promise<Record<string, string>[]> {
    const [file] = await Promise.all([this.page.waitForEvent("download"), this.link("books.download").click()]);
    const [head, ...lines] = readFileSync((await file.path())!, "utf8").trim().split("\n");
    const names = head!.split(",");
    return lines.map((line) => Object.fromEntries(line.split(",").map((value, at) => [names[at]!, value])));
  }
}

/** A coupon of the shop's own that everybody may claim; gives its id. */
export async function coupon(owner: Customer, off: number, name: string): Promise<string> {
  const terms = {
    title: { zh: name, en: name },
    starts_at: Date.now() - 60_000,
    ends_at: Date.now() + 86_400_000,
    funding: [{ funder: { kind: "store" }, share_bp: 10_000 }],
    rule: {
      kind: "coupon",
      scope: { kind: "all" },
      threshold: 0,
      benefit: { kind: "fixed", off },
      alone: false,
      claim_each: 1,
    },
  };
  const { id } = await owner.post("/api/studio/campaigns", terms);
  await owner.post(`/api/studio/campaigns/${id}/state`, { command: "schedule" });
  return id;
}

/** A customer buys one of each by a coupon, pays and has the goods; gives the order. */
export async function sold(customer: Customer, codes: string[], promotion: string, off: number, language: Language): Promise<string> {
  const claimed = await customer.post(`/api/coupons/${promotion}/claims`, {});
  const total = codes.reduce((sum, code) => sum + sku(code).price, -off);
  const lines = Object.fromEntries(codes.map((code) => [code, 1]));
  const order = await customer.orderLines(lines, total, [claimed.id], language);
  await customer.cashier(order);
  await gateway.pay(order);
  await expect(async () => expect((await customer.get(`/api/orders/${order}`)).card.state).toBe("paid")).toPass();
  await customer.post(`/api/orders/${order}/receipt`, {});
  return order;
}
