// A customer made by the shop's API instead of by hand: for tests that are about something else.

import { randomUUID } from "node:crypto";
import { expect, type APIResponse, type Page } from "@playwright/test";
import { gateway } from "./gateway.ts";
import { codeFor, freshPhone } from "./inbox.ts";
import { groupPrice, sku } from "./catalogue.ts";

/** What the shop's own page says of itself when it changes something. */
function headers(): Record<string, string> {
  return { "sec-fetch-site": "same-origin", "idempotency-key": randomUUID() };
}

export class Customer {
  readonly phone = freshPhone();

  constructor(private readonly page: Page) {}

  /** Signs this browser in. */
  async signIn(): Promise<this> {
    const { request } = await this.post("/api/auth/codes", { phone: this.phone });
    await this.post("/api/auth/session", { request, code: await codeFor(this.page, this.phone) });
    return this;
  }

  /** Orders pieces of one SKU for pick-up and gives the order's id. */
  async order(code: string, quantity = 1, language = "zh-CN"): Promise<string> {
    const points = await this.get("/api/pickup-points");
    const order = await this.post(
      "/api/orders",
      {
        lines: [{ sku: code, quantity }],
        fulfilment: {
          kind: "pickup",
          point: points.items[0].id,
          contact: { name: language === "en" ? "Lin Xiaoman" : "林小满", phone: this.phone },
        },
        expected_total: { minor: sku(code).price * quantity, currency: "CNY" },
      },
      language,
    );
    return order.card.id;
  }

  /** Orders pieces of one SKU and pays them; gives the order's id. */
  async buy(code: string, quantity = 1): Promise<string> {
    const order = await this.order(code, quantity);
    await this.cashier(order);
    await gateway.pay(order);
    await expect(async () => expect((await this.get(`/api/orders/${order}`)).card.state).toBe("paid")).toPass();
    return order;
  }

  /** Takes a seat for one piece of a SKU, of a group or the first of a new one, and gives the order's id. */
  async takeSeat(slug: string, code: string, group?: string, language = "zh-CN"): Promise<string> {
    const points = await this.get("/api/pickup-points");
    const product = group ? undefined : await this.get(`/api/products/${slug}`);
    const seat = group ? { kind: "join", group } : { kind: "open", activity: product.group.activity };
    const { order } = await this.post(
      "/api/groups/seats",
      {
        seat,
        sku: code,
        quantity: 1,
        fulfilment: {
          kind: "pickup",
          point: points.items[0].id,
          contact: { name: language === "en" ? "Lin Xiaoman" : "林小满", phone: this.phone },
        },
        expected_total: { minor: groupPrice(code), currency: "CNY" },
      },
      language,
    );
    return order.card.id;
  }

  /** Takes a seat and pays it; gives the order and its group. */
  async paySeat(slug: string, code: string, group?: string, language = "zh-CN"): Promise<{ order: string; group: string }> {
    const order = await this.takeSeat(slug, code, group, language);
    await this.cashier(order);
    await gateway.pay(order);
    let id: string | undefined;
    await expect(async () => {
      id = (await this.get(`/api/orders/${order}`)).group?.group;
      expect(id, `the group of order ${order}`).toBeTruthy();
    }).toPass();
    return { order, group: id! };
  }

  /** Asks for the cashier of an order and gives its address. */
  async cashier(order: string): Promise<string> {
    return (await this.post(`/api/orders/${order}/payments`, {})).cashier_url;
  }

  async get(path: string): Promise<any> {
    return this.answer(path, await this.page.request.get(path));
  }

  async post(path: string, data: unknown, language = "zh-CN"): Promise<any> {
    const all = { ...headers(), "accept-language": language };
    return this.answer(path, await this.page.request.post(path, { data, headers: all }));
  }

  /** Puts the account's copy of the cart. */
  async keepCart(lines: Record<string, number>): Promise<void> {
    const data = { lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity, added_at: 1 })) };
    await this.answer("/api/cart", await this.page.request.put("/api/cart", { data, headers: headers() }));
  }

  private async answer(path: string, answer: APIResponse): Promise<any> {
    expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBeTruthy();
    return answer.json();
  }
}
