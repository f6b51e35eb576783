// The shop as a shopper has it in the hand: every screen by name, and what all screens share.

import { expect, type Locator, type Page, type Request } from "@playwright/test";
import { AccountPage } from "./account.ts";
import { Cashier } from "./cashier.ts";
import { CartPage } from "./cart.ts";
import { CategoryPage } from "./category.ts";
import { CheckoutPage } from "./checkout.ts";
import { FeedPage } from "./feed.ts";
import { GroupPage } from "./group.ts";
import { NotificationsPage } from "./notifications.ts";
import { OrderPage, OrdersPage, PaymentPage } from "./orders.ts";
import { ProductPage } from "./product.ts";
import { SearchPage } from "./search.ts";
import { ShareSheet, SharesPage } from "./shares.ts";
import { SignInPage } from "./sign_in.ts";
import { VideosPage } from "./videos.ts";
import { type Language, type Values, Words } from "./words.ts";

export class Shop {
  readonly words: Words;
  readonly feed = new FeedPage(this);
  readonly category = new CategoryPage(this);
  readonly search = new SearchPage(this);
  readonly product = new ProductPage(this);
  readonly cart = new CartPage(this);
  readonly signIn = new SignInPage(this);
  readonly checkout = new CheckoutPage(this);
  readonly cashier = new Cashier(this);
  readonly payment = new PaymentPage(this);
  readonly orders = new OrdersPage(this);
  readonly order = new OrderPage(this);
  readonly group = new GroupPage(this);
  readonly notifications = new NotificationsPage(this);
  readonly account = new AccountPage(this);
  readonly share = new ShareSheet(this);
  readonly shares = new SharesPage(this);
  readonly videos = new VideosPage(this);

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.words = new Words(language);
  }

  /** The text of a locale key. */
  t(key: string, values?: Values): string {
    return this.words.of(key, values);
  }

  /** Opens an address and waits until the app, not the frame before it, is there. */
  async open(path: string): Promise<void> {
    // A sheet that has just closed is still taking its entry of the history back.
    await expect.poll(() => this.page.evaluate(() => typeof history.state)).not.toBe("number");
    await this.page.goto(path);
    await this.ready();
  }

  /** Opens a share link and waits until the app is there, at the address that the link leads to. */
  async follow(link: string, to: RegExp): Promise<void> {
    await this.page.goto(link);
    await this.page.waitForURL(to);
    await this.ready();
  }

  /** From now on pages come as a static host would send them, so that the app has to ask for what they show. */
  async comeUndrawn(): Promise<void> {
    const isDocument = (request: Request) => request.resourceType() === "document";
    await this.page.route("**/*", async (route) => {
      if (!isDocument(route.request())) return route.fallback();
      const response = await route.fetch({ url: new URL("/index.html", route.request().url()).href });
      await route.fulfill({ response });
    });
  }

  /** Waits until the app has taken the place of what is painted before it. */
  async ready(): Promise<void> {
    await expect(this.page.locator("#shell")).toHaveCount(0, { timeout: 30_000 });
  }

  get title(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  /** The bar with the five places that are one thumb away. */
  get tabs(): Locator {
    return this.page.getByRole("navigation", { name: this.t("app.tabs"), exact: true });
  }

  get cartTab(): Locator {
    return this.tabs.getByRole("link", { name: this.words.within("app.tab_cart") });
  }

  /** The open sheet. */
  get sheet(): Locator {
    return this.page.getByRole("dialog");
  }

  get back(): Locator {
    return this.page.getByRole("button", { name: this.t("app.back"), exact: true });
  }

  button(key: string, values?: Values): Locator {
    return this.page.getByRole("button", { name: this.t(key, values), exact: true });
  }

  link(key: string, values?: Values): Locator {
    return this.page.getByRole("link", { name: this.t(key, values), exact: true });
  }

  text(key: string, values?: Values): Locator {
    return this.page.getByText(this.t(key, values), { exact: true });
  }

  /** Chooses one of a group of radio buttons by what is written on it. */
  async choose(group: Locator, words: string | RegExp): Promise<void> {
    await group.locator("label").filter({ hasText: words }).click();
    await expect(group.getByRole("radio", { name: words })).toBeChecked();
  }

  /** The pieces that the badge on the cart shows. */
  async expectPieces(count: number): Promise<void> {
    const name = count === 0 ? this.t("app.tab_cart") : this.t("app.tab_cart_count", { n: count });
    await expect(this.page.getByRole("link", { name, exact: true }).first()).toBeVisible();
  }

  /** The page scrolls up and down alone. */
  async expectNoSidewaysScroll(): Promise<void> {
    const over = await this.page.evaluate(() => {
      const root = document.scrollingElement!;
      return root.scrollWidth - root.clientWidth;
    });
    expect(over, `${this.page.url()} is ${over}px too wide`).toBeLessThanOrEqual(0);
  }
}
