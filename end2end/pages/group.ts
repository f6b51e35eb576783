// A group's page, and letting its hours go by.

import { execFileSync } from "node:child_process";
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

/**
 * Lets a group's hours go by: its end lies in the past from now on, and the shop's own job ends it. The
 * browser suite's shop keeps its things in SQLite.
 */
export function timeIsUp(group: string): void {
  const database = process.env.JISHI_DATABASE_URL?.replace(/^sqlite:\/\//, "");
  if (!database) throw new Error("JISHI_DATABASE_URL must name the shop's SQLite database");
  if (!/^[\w-]+$/.test(group)) throw new Error(`${group} is no id of a group`);
  const past = `UPDATE buy_group SET expires_at = ${Date.now() - 1000} WHERE id = '${group}' AND state = 'forming'`;
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", database, past], { stdio: "pipe" });
}
