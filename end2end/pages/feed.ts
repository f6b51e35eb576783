// The start page.

import type { Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class FeedPage {
  constructor(private readonly shop: Shop) {}

  async open(): Promise<void> {
    await this.shop.open("/");
    await this.cards.first().waitFor();
  }

  get list(): Locator {
    return this.shop.main.getByRole("region", { name: this.shop.t("feed.for_you"), exact: true });
  }

  get cards(): Locator {
    return this.list.getByRole("article");
  }

  get banners(): Locator {
    return this.shop.main.getByRole("region", { name: this.shop.t("feed.banners"), exact: true });
  }

  get categories(): Locator {
    return this.shop.page.getByRole("navigation", { name: this.shop.t("app.tab_categories"), exact: true });
  }

  get search(): Locator {
    return this.shop.page.getByRole("banner").getByRole("link", { name: this.shop.words.within("app.search") });
  }

  card(title: string): Locator {
    return this.cards.filter({ hasText: title });
  }
}
