// A group's page.

import { expect, type Locator } from "@playwright/test";
import type { Shop } from "./shop.ts";

export class GroupPage {
  constructor(private readonly shop: Shop) {}

  async open(id: string): Promise<void> {
    await this.shop.open(`/g/${id}`);
    await this.statement.waitFor();
  }

  /** Waits until the browser is at a group's page and gives the group's id. */
  async isOpen(): Promise<string> {
    await this.shop.page.waitForURL(/\/g\//);
    await this.statement.waitFor();
    return new URL(this.shop.page.url()).pathname.split("/").at(-1)!;
  }

  /** What the page states, such as "Just 1 more to go". */
  get statement(): Locator {
    return this.shop.page.locator("#group-state");
  }

  /** So many are still missing. */
  async expectNeed(need: number): Promise<void> {
    const [before, after] = [this.shop.t("groups.needs_before"), this.shop.t("groups.needs_after")];
    await expect(this.statement).toHaveText(new RegExp(`^\\s*${before}\\s*${need}\\s*${after}\\s*$`));
  }

  /** From now on notes when the page first states this, by this machine's clock. */
  async note(words: string): Promise<void> {
    await this.shop.page.evaluate((words) => {
      const seen = window as unknown as { noted?: number };
      const look = () => {
        if (document.querySelector("#group-state")?.textContent?.trim() === words) seen.noted ??= Date.now();
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    }, words);
  }

  /** The moment that was noted, once it has come. */
  async noted(): Promise<number> {
    const noted = await this.shop.page.waitForFunction(() => (window as unknown as { noted?: number }).noted);
    return (await noted.jsonValue())!;
  }

  get seats(): Locator {
    return this.shop.main.getByRole("list", { name: this.shop.words.like("groups.seats") }).getByRole("listitem");
  }

  /** The one thing to do, in the dock. */
  action(key: string): Locator {
    const dock = this.shop.page.getByRole("contentinfo");
    const name = this.shop.words.within(`groups.${key}`);
    return dock.getByRole("link", { name }).or(dock.getByRole("button", { name }));
  }
}
