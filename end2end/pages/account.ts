// The account: who is signed in, and how the shop looks and speaks.

import type { Shop } from "./shop.ts";

export class AccountPage {
  constructor(private readonly shop: Shop) {}

  async open(): Promise<void> {
    await this.shop.open("/account");
  }
}
