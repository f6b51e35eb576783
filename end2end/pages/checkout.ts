// The checkout: how to get the goods, what they cost, and paying.

import { expect, type Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class CheckoutPage {
  constructor(private readonly shop: Shop) {}

  get way(): Locator {
    return this.shop.page.getByRole("radiogroup", { name: this.shop.t("checkout.way"), exact: true });
  }

  get pay(): Locator {
    return this.shop.button("checkout.pay");
  }

  get goods(): Locator {
    return this.shop.page.getByRole("region", { name: this.shop.t("checkout.goods"), exact: true });
  }

  /** Collected or brought, where both are offered. */
  async choose(way: "collect" | "deliver"): Promise<void> {
    await this.shop.choose(this.way, this.shop.words.within(`checkout.${way}`));
  }

  /** Chooses the first pick-up point and says who collects. */
  async collectBy(name: string, phone: string): Promise<void> {
    await this.shop.page.getByRole("button", { name: this.shop.words.within("checkout.point_choose") }).click();
    await this.shop.sheet.getByRole("listitem").first().getByRole("button").click();
    await expect(this.shop.sheet).toHaveCount(0);
    await this.shop.page.getByRole("button", { name: this.shop.words.within("checkout.contact_add") }).click();
    await this.shop.sheet.getByLabel(this.shop.t("checkout.contact_name"), { exact: true }).fill(name);
    await this.shop.sheet.getByLabel(this.shop.t("checkout.contact_phone"), { exact: true }).fill(phone);
    await this.shop.sheet.getByRole("button", { name: this.shop.t("checkout.save"), exact: true }).click();
    await expect(this.shop.sheet).toHaveCount(0);
  }

  /** Writes a first address without leaving the checkout. */
  async deliverTo(name: string, phone: string, region: string, detail: string): Promise<void> {
    await this.shop.page.getByRole("button", { name: this.shop.words.within("checkout.address_add") }).click();
    const field = (key: string) => this.shop.sheet.getByLabel(this.shop.t(`address.${key}`), { exact: true });
    await field("name").fill(name);
    await field("phone").fill(phone);
    await field("region").fill(region);
    await field("detail").fill(detail);
    await this.shop.sheet.getByRole("button", { name: this.shop.t("address.save"), exact: true }).click();
    await expect(this.shop.sheet).toHaveCount(0);
    await expect(this.shop.main).toContainText(detail);
  }

  async expectTotal(minor: number): Promise<void> {
    await expect(this.shop.page.getByRole("contentinfo")).toContainText(`¥${(minor / 100).toFixed(2)}`);
  }
}
