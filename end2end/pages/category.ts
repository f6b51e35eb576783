// The page of all categories, and of each.

import type { Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class CategoryPage {
  constructor(private readonly shop: Shop) {}

  async open(id?: string): Promise<void> {
    await this.shop.open(id ? `/category/${id}` : "/category");
    await this.rows.first().waitFor();
  }

  get departments(): Locator {
    return this.shop.page.getByRole("navigation", { name: this.shop.t("app.tab_categories"), exact: true });
  }

  get rows(): Locator {
    return this.shop.main.getByRole("article");
  }
}
