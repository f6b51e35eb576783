// Search: words to start from, then what matches.

import type { Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class SearchPage {
  constructor(private readonly shop: Shop) {}

  async open(query = ""): Promise<void> {
    await this.shop.open(`/search${query}`);
  }

  get field(): Locator {
    return this.shop.page.getByRole("searchbox", { name: this.shop.t("app.search"), exact: true });
  }

  get results(): Locator {
    return this.shop.main.getByRole("article");
  }

  get titles(): Locator {
    return this.results.getByRole("heading", { level: 2 });
  }

  get filter(): Locator {
    return this.shop.page.getByRole("button", { name: this.shop.words.within("catalog.filter") });
  }

  sort(key: "relevance" | "sales" | "price" | "newest"): Locator {
    const group = this.shop.page.getByRole("group", { name: this.shop.t("catalog.sort"), exact: true });
    return group.getByRole("button", { name: this.shop.words.within(`catalog.sort_${key}`) });
  }

  /** Types words and asks for them. */
  async find(words: string): Promise<void> {
    await this.field.fill(words);
    await this.field.press("Enter");
  }

  async openResult(title: string): Promise<void> {
    await this.results.getByRole("link", { name: title, exact: true }).click();
  }
}
