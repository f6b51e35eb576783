// A product's page and its SKU sheet.

import { expect, type Locator } from "@playwright/test";
import { product, said, sku } from "./catalogue.ts";
import type { Shop } from "./shop.ts";

export class ProductPage {
  constructor(private readonly shop: Shop) {}

  /** Opens a product, with a SKU chosen when one is named. */
  async open(slug: string, code?: string): Promise<void> {
    await this.shop.open(code ? `/p/${slug}?sku=${code}` : `/p/${slug}`);
    await expect(this.shop.title).toHaveText(said(product(slug).title, this.shop.language));
  }

  get addToCart(): Locator {
    return this.shop.button("catalog.add_to_cart");
  }

  get buyNow(): Locator {
    return this.shop.page.getByRole("button", { name: this.shop.words.within("catalog.buy_now") });
  }

  /** Starts a group: its price over its verb. */
  get start(): Locator {
    return this.shop.page.getByRole("button", { name: this.shop.words.within("groups.start") });
  }

  /** The sheet's button that goes on to the checkout of a seat. */
  takeSeat(key: "start_size" | "join"): Locator {
    return this.shop.sheet.getByRole("button", { name: this.shop.words.within(`groups.${key}`) });
  }

  /** The line that says what is chosen and opens the sheet. */
  get chosen(): Locator {
    return this.shop.page.getByRole("button", { name: this.shop.words.within("catalog.chosen") });
  }

  /** A value in the open sheet. */
  value(label: string): Locator {
    return this.shop.sheet.getByRole("radio", { name: label, exact: true });
  }

  /** Chooses a value by its words. */
  async choose(label: string): Promise<void> {
    await this.shop.choose(this.shop.sheet, label);
  }

  get quantity(): Locator {
    return this.shop.sheet.getByRole("group", { name: this.shop.t("catalog.quantity"), exact: true });
  }

  async more(): Promise<void> {
    await this.quantity.getByRole("button", { name: this.shop.t("app.more"), exact: true }).click();
  }

  /** Puts pieces of a SKU into the cart, from its page. */
  async add(slug: string, code: string, pieces = 1): Promise<void> {
    await this.open(slug, code);
    await this.chosen.click();
    await expect(this.shop.sheet).toContainText(said(sku(code).label, this.shop.language));
    for (let have = 1; have < pieces; have++) await this.more();
    await expect(this.quantity.getByRole("status")).toHaveText(String(pieces));
    await this.shop.sheet.getByRole("button", { name: this.shop.t("catalog.add_to_cart"), exact: true }).click();
    await expect(this.shop.text("catalog.added").first()).toBeVisible();
  }
}
