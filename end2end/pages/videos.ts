// Short videos: the swipe feed as a viewer has it in the hand, and a creator's own.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Locator } from "@playwright/test";
import type { Customer } from "./customer.ts";
import type { Shop } from "./shop.ts";

/** A clip as a phone makes it: upright, with sound. */
export const CLIP = fileURLToPath(new URL("../../demo/shorts/kite-weekend.mp4", import.meta.url));

/** A file in a folder of its own, to be picked. */
export function fileOf(name: string, content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), "jishi-clip-")), name);
  writeFileSync(path, content);
  return path;
}

/** Makes a customer a creator of the demo shop. */
export function makeCreator(customer: Customer, handle: string): void {
  const program = process.env.JISHI;
  if (!program) throw new Error("JISHI must name the shop's program, JISHI_DATABASE_URL its database");
  execFileSync(program, ["creator", "grant", customer.phone, handle], { stdio: "pipe" });
}

export type Player = { now: boolean; file: string; paused: boolean; muted: boolean; at: number; picture: boolean };

export class VideosPage {
  constructor(private readonly shop: Shop) {}

  async open(id?: string): Promise<void> {
    await this.shop.open(id ? `/v/${id}` : "/v");
    await this.now.waitFor();
  }

  /** The slide on screen. */
  get now(): Locator {
    return this.shop.page.locator("section[data-now]");
  }

  get column(): Locator {
    return this.shop.page.getByRole("group", { name: this.shop.t("videos.title"), exact: true });
  }

  get like(): Locator {
    return this.now.locator("button[aria-pressed]").first();
  }

  get comments(): Locator {
    return this.now.getByRole("button", { name: this.shop.words.within("videos.comment_open") });
  }

  /** The number of them that the button shows. */
  async countOfComments(): Promise<number> {
    return Number(await this.comments.textContent());
  }

  /** A comment in the open sheet, with its answers, by what it says. */
  comment(words: string): Locator {
    return this.shop.sheet.getByRole("listitem").filter({ has: this.shop.page.getByText(words, { exact: true }) });
  }

  /** The field to say something. */
  get say(): Locator {
    return this.shop.sheet.getByLabel(this.shop.t("videos.say"), { exact: true });
  }

  /** The product on the picture. */
  get card(): Locator {
    return this.now.getByRole("button").filter({ has: this.shop.page.locator("img") });
  }

  get creator(): Locator {
    return this.now.getByRole("link");
  }

  /** The picture itself: tapped, it stands still or goes on. */
  picture(what: "play" | "pause"): Locator {
    return this.now.getByRole("button", { name: this.shop.t(`videos.${what}`), exact: true });
  }

  /** The player of the slide on screen. */
  async player(): Promise<Player> {
    const player = (await this.players()).find((it) => it.now);
    expect(player, "a slide is on screen").toBeTruthy();
    return player!;
  }

  async players(): Promise<Player[]> {
    return this.shop.page.evaluate(() =>
      [...document.querySelectorAll("section video")].map((it) => {
        const video = it as HTMLVideoElement;
        return {
          now: video.closest("section")!.hasAttribute("data-now"),
          file: video.getAttribute("src") ?? "",
          paused: video.paused,
          muted: video.muted,
          at: video.currentTime,
          picture: video.hasAttribute("data-shown"),
        };
      }),
    );
  }

  /** Waits until the video on screen plays, and nothing else does. */
  async plays(id: string): Promise<void> {
    await expect
      .poll(async () => {
        const all = await this.players();
        return all.filter((it) => !it.paused).map((it) => it.now && it.picture && it.at > 0 && it.file.includes(`/${id}.`));
      })
      .toEqual([true]);
  }

  /** Swipes by one, as a finger does. */
  async swipe(by: 1 | -1 = 1): Promise<void> {
    const before = this.shop.page.url();
    await this.column.evaluate((column, by) => {
      column.scrollBy({ top: column.clientHeight * by, behavior: "smooth" });
    }, by);
    await expect.poll(() => this.shop.page.url()).not.toBe(before);
    // Until the column stands.
    await expect.poll(() => this.column.evaluate((it) => it.scrollTop % it.clientHeight)).toBe(0);
  }

  /** A creator's own page. */
  async openOwn(): Promise<void> {
    await this.shop.open("/publish");
    await this.field.waitFor({ state: "attached" });
  }

  get field(): Locator {
    return this.shop.page.locator("input[type=file]");
  }

  own(state: string): Locator {
    return this.shop.page.locator(`article[data-state=${state}]`);
  }
}
