// The share sheet, and the page of what one's links brought.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class ShareSheet {
  constructor(private readonly shop: Shop) {}

  /** Opens the sheet from the bar of the page, and waits for its poster. */
  async open(button = "catalog.share"): Promise<void> {
    await this.shop.button(button).click();
    await expect(this.poster).toBeVisible();
  }

  get poster(): Locator {
    return this.shop.sheet.getByRole("img", { name: this.shop.words.like("shares.poster_of") });
  }

  /** The promise of what a friend's order brings. */
  get estimate(): Locator {
    return this.shop.sheet.getByText(this.shop.words.within("shares.earn_mark"));
  }

  channel(key: string): Locator {
    return this.shop.sheet.getByRole("button", { name: this.shop.t(`shares.${key}`), exact: true });
  }

  /** Copies the link and gives what the clipboard holds then. */
  async copyLink(): Promise<string> {
    const { page } = this.shop;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.channel("to_copy").click();
    await expect(this.shop.sheet).toHaveCount(0);
    return page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves the poster and gives its bytes. */
  async savePoster(): Promise<Buffer> {
    const saving = this.shop.page.waitForEvent("download");
    await this.channel("to_poster").click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/\.png$/);
    return readFileSync(await file.path());
  }

  /** What the code on a picture says. */
  async read(png: Buffer): Promise<string | undefined> {
    const { page } = this.shop;
    // As the tool's own injected script does; the page's policy is about the page's own scripts.
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("jsqr"), "utf8"));
    return page.evaluate(async (src) => {
      const picture = new Image();
      picture.src = src;
      await picture.decode();
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: picture.naturalWidth, height: picture.naturalHeight });
      const context = canvas.getContext("2d")!;
      context.drawImage(picture, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      type Read = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
      return (window as unknown as { jsQR: Read }).jsQR(data, width, height)?.data;
    }, `data:image/png;base64,${png.toString("base64")}`);
  }
}

export class SharesPage {
  constructor(private readonly shop: Shop) {}

  async open(): Promise<void> {
    await this.shop.open("/shares");
    await this.balance.waitFor();
  }

  get balance(): Locator {
    return this.shop.main.getByRole("region", { name: this.shop.t("shares.available"), exact: true });
  }

  /** One figure under the balance, such as `awaiting`. */
  figure(key: string): Locator {
    const named = this.shop.page.getByText(this.shop.t(`shares.${key}`), { exact: true });
    return this.balance.locator("dl > div").filter({ has: named }).getByRole("definition");
  }

  get chart(): Locator {
    return this.shop.main.getByRole("img", { name: this.shop.t("shares.chart_earned") });
  }

  /** The row of the link that was posted in a channel, such as `copy`. */
  link(channel: string): Locator {
    const badge = this.shop.page.getByText(this.shop.t(`shares.${channel}`), { exact: true });
    const links = this.shop.main.getByRole("region", { name: this.shop.t("shares.links"), exact: true });
    return links.getByRole("listitem").filter({ has: badge });
  }

  /** Waits until the link says this of its funnel, reading the page again meanwhile. */
  async expectFunnel(channel: string, funnel: Record<"clicks" | "joins" | "paid", number>): Promise<void> {
    await expect(async () => {
      await this.open();
      const row = this.link(channel);
      await expect(row).toHaveCount(1);
      for (const [step, count] of Object.entries(funnel)) {
        await expect(row).toContainText(`${this.shop.t(`shares.${step}`)} ${count}`, { timeout: 1_000 });
      }
    }).toPass({ timeout: 30_000 });
  }
}

/** What the shop's API says of one's only link. */
export type Stats = { token: string; url: string; channel: string; views: number; clicks: number; joins: number; paid: number };
