// Signing in by phone number and one-time code.

import { expect, type Locator } from "@playwright/test";
import { codeFor } from "./inbox.ts";
import type { Shop } from "./shop.ts";

export class SignInPage {
  constructor(private readonly shop: Shop) {}

  async open(next?: string): Promise<void> {
    await this.shop.open(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
  }

  get phone(): Locator {
    return this.shop.page.getByLabel(this.shop.t("account.phone"), { exact: true });
  }

  get code(): Locator {
    return this.shop.page.getByLabel(this.shop.t("account.code"), { exact: true });
  }

  /** Asks for a code. */
  async ask(phone: string): Promise<void> {
    await this.phone.fill(phone);
    await this.shop.button("account.get_code").click();
    await expect(this.code).toBeVisible();
  }

  /** Asks for a code, reads it in the sandbox's inbox and types it; its last digit signs in. */
  async as(phone: string): Promise<void> {
    await this.ask(phone);
    await this.code.pressSequentially(await codeFor(this.shop.page, phone));
    await expect(this.shop.page).not.toHaveURL(/\/sign-in/);
  }
}
