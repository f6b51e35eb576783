// Signing in by phone number and one-time code.

import type { Shop } from "./shop.ts";
import { codeFor } from "./inbox.ts";

export class SignInPage {
  constructor(private readonly shop: Shop) {}

  async open(next?: string): Promise<void> {
    await this.shop.open(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
  }
}
