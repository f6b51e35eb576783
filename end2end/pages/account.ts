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

  choice(group: "language" | "theme", name: string): Locator {
    const options = this.shop.main.getByRole("radiogroup", { name: this.shop.t(`account.${group}`), exact: true });
    return options.getByRole("radio", { name, exact: true });
  }

  get signOut(): Locator {
    return this.shop.button("account.sign_out");
  }
}
