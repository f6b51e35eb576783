// After the checkout: what came of the payment, the orders, and one order.

import type { Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

/** The page to which the cashier sends the shopper back. */
export class PaymentPage {
  constructor(private readonly shop: Shop) {}

  async open(order: string): Promise<void> {
    await this.shop.open(`/pay/${order}`);
  }

  /** What the page states, such as "Paid". */
  get statement(): Locator {
    return this.shop.main.getByRole("heading", { level: 2 });
  }

  /** The order that the address names. */
  get order(): string {
    return new URL(this.shop.page.url()).pathname.split("/").at(-1)!;
  }
}

export class OrdersPage {
  constructor(private readonly shop: Shop) {}

  async open(state?: string): Promise<void> {
    await this.shop.open(state ? `/orders?state=${state}` : "/orders");
  }
}

export class OrderPage {
  constructor(private readonly shop: Shop) {}

  async open(order: string): Promise<void> {
    await this.shop.open(`/orders/${order}`);
  }

  /** What the page states, such as "Ready to collect". */
  get statement(): Locator {
    return this.shop.main.getByRole("heading", { level: 2 }).first();
  }
}
