// The sandbox gateway's cashier: another company's page, outside the shop.

import { expect } from "@playwright/test";
import type { Shop } from "./shop.ts";

const WORDS = {
  "zh-CN": { pay: "确认付款", decline: "模拟付款失败", abandon: "先不付，返回商家", back: "返回商家" },
  en: { pay: "Pay now", decline: "Simulate a decline", abandon: "Not now, back to the shop", back: "Back to the shop" },
};

export class Cashier {
  constructor(private readonly shop: Shop) {}

  /** Waits until the browser is at the cashier. */
  async isOpen(): Promise<void> {
    await this.shop.page.waitForURL(/\/cashier\//);
    await expect(this.button("pay")).toBeVisible();
  }

  async pay(): Promise<void> {
    await this.decide("pay");
  }

  async decline(): Promise<void> {
    await this.decide("decline");
  }

  async abandon(): Promise<void> {
    await this.decide("abandon");
  }

  /** Decides, and is back in the shop. */
  private async decide(choice: "pay" | "decline" | "abandon"): Promise<void> {
    await this.isOpen();
    await this.button(choice).click();
    await this.shop.page.waitForURL(/\/pay\//);
    await this.shop.ready();
  }

  private button(choice: "pay" | "decline" | "abandon") {
    return this.shop.page.getByRole("button", { name: WORDS[this.shop.language][choice], exact: true });
  }
}
