// The cart, and what this browser keeps of it.

import { expect, type Locator } from "@playwright/test";
import { product, said, sku } from "./catalogue.ts";
import type { Shop } from "./shop.ts";

/** The key of a guest's cart in the format that the app writes today. */
export const GUEST_KEY = "cart:v3:web:guest";

export class CartPage {
  constructor(private readonly shop: Shop) {}

  async open(): Promise<void> {
    await this.shop.open("/cart");
    await expect(this.shop.title).toContainText(this.shop.t("cart.title"));
  }

  get rows(): Locator {
    return this.shop.main.getByRole("listitem").filter({ has: this.shop.page.getByRole("checkbox") });
  }

  /** The row of a product. */
  row(slug: string): Locator {
    return this.rows.filter({ hasText: said(product(slug).title, this.shop.language) });
  }

  /** How many of a product the row says. */
  pieces(slug: string): Locator {
    return this.row(slug).getByRole("status");
  }

  tick(slug: string): Locator {
    return this.row(slug).getByRole("checkbox");
  }

  async more(slug: string): Promise<void> {
    await this.row(slug).getByRole("button", { name: this.shop.t("app.more"), exact: true }).click();
  }

  get checkOut(): Locator {
    return this.shop.page.getByRole("button", { name: this.shop.words.within("cart.check_out") });
  }

  get acceptPrice(): Locator {
    return this.shop.button("cart.accept_price");
  }

  get isEmpty(): Locator {
    return this.shop.text("cart.empty_title");
  }

  async expectTotal(minor: number): Promise<void> {
    const total = `¥${(minor / 100).toFixed(2)}`;
    await expect(this.shop.page.getByRole("contentinfo")).toContainText(total);
  }

  /** Puts a cart of this many pieces a SKU into the browser before any page opens. */
  async keep(lines: Record<string, number>, seen: Record<string, number> = {}): Promise<void> {
    const text = JSON.stringify({
      v: 2,
      lines: Object.entries(lines).map(([code, qty]) => ({
        sku: code,
        qty,
        added_at: 1,
        chosen: true,
        seen_price: { minor: seen[code] ?? sku(code).price, currency: "CNY" },
      })),
    });
    await this.keepText("cart:v2:web:guest", text);
  }

  /** Puts any text under a key, once: pages opened later find what the app made of it. */
  async keepText(key: string, text: string): Promise<void> {
    await this.shop.page.goto("/healthz");
    await this.shop.page.evaluate(([key, text]) => localStorage.setItem(key!, text!), [key, text]);
  }

  /** What the browser keeps under a key. */
  async kept(key: string): Promise<string | null> {
    return this.shop.page.evaluate((key) => localStorage.getItem(key), key);
  }
}
