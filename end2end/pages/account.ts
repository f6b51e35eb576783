// The account: who is signed in, and how the shop looks and speaks.

import type { Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class AccountPage {
  constructor(private readonly shop: Shop) {}

  async open(): Promise<void> {
    await this.shop.open("/account");
    await this.settings.waitFor();
  }

  get settings(): Locator {
    return this.shop.main.getByRole("heading", { name: this.shop.t("account.settings"), exact: true });
  }

  async choose(group: "language" | "theme", name: string): Promise<void> {
    const options = this.shop.main.getByRole("radiogroup", { name: this.shop.t(`account.${group}`), exact: true });
    await options.locator("label").filter({ hasText: name }).click();
  }

  get signOut(): Locator {
    return this.shop.button("account.sign_out");
  }
}
