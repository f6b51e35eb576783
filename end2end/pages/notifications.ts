// The notification centre and its bell.

import type { Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class NotificationsPage {
  constructor(private readonly shop: Shop) {}

  async open(): Promise<void> {
    await this.shop.open("/notifications");
  }

  get entries(): Locator {
    return this.shop.main.getByRole("listitem");
  }

  /** The bell of this page while nothing is unread. */
  get quietBell(): Locator {
    return this.shop.link("app.notifications");
  }

  /** The bell of this page, saying how many are unread. */
  get ringingBell(): Locator {
    return this.shop.page.getByRole("link", { name: this.shop.words.like("app.notifications_count") });
  }
}
