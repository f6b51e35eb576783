// The studio as a host has it on the desk, and rooms made by the shop's API for tests that are about something else.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Somebody } from "../fixtures.ts";
import { publish, type Encoder } from "./stage.ts";
import { type Language, type Values, Words } from "./words.ts";

const recording = fileURLToPath(new URL("../../demo/live/tea-evening.mp4", import.meta.url));

/** Makes the owner of a number staff. */
export function grant(phone: string, role: "host" | "owner"): void {
  const program = process.env.JISHI;
  if (!program) throw new Error("JISHI must name the shop's program, JISHI_DATABASE_URL its database");
  execFileSync(program, ["staff", "grant", phone, role], { stdio: "pipe" });
}

/** Somebody who is staff, signed in. */
export async function host(somebody: () => Promise<Somebody>): Promise<Studio> {
  const one = await somebody();
  await one.customer.signIn();
  grant(one.customer.phone, "host");
  return new Studio(one, one.shop.language);
}

export class Studio {
  private readonly words: Words;

  constructor(
    readonly one: Somebody,
    language: Language,
  ) {
    this.words = new Words(language);
  }

  get page(): Page {
    return this.one.page;
  }

  t(key: string, values?: Values): string {
    return this.words.of(`studio.${key}`, values);
  }

  button(key: string, values?: Values): Locator {
    return this.page.getByRole("button", { name: this.t(key, values), exact: true });
  }

  /** A draft that sells these, made by the API; gives its id. */
  async plan(shelf: string[], practice = false): Promise<string> {
    const text = { zh: "试播", en: "A try" };
    const starts_at = Date.now() + 60_000;
    const room = { title: text, notice: text, host: "xiaohe.orchard", starts_at, practice, shelf };
    return (await this.one.customer.post("/api/studio/live", room)).id;
  }

  /** A room on air with a picture: its id, and the encoder. */
  async onAir(shelf: string[]): Promise<{ id: string; encoder: Encoder }> {
    const id = await this.plan(shelf);
    await this.move(id, "schedule");
    const encoder = await this.encode(id);
    await this.move(id, "start");
    return { id, encoder };
  }

  /** Sends a picture to a room and waits until the shop has it. */
  async encode(id: string): Promise<Encoder> {
    const { ingest_url, stream_key } = await this.see(id);
    const encoder = publish(recording, `${ingest_url}/${stream_key}`);
    await expect.poll(async () => (await this.see(id)).ingest, { timeout: 20_000 }).toBe(true);
    return encoder;
  }

  async move(id: string, command: string): Promise<void> {
    await this.one.customer.post(`/api/studio/live/${id}/state`, { command });
  }

  see(id: string): Promise<any> {
    return this.one.customer.get(`/api/studio/live/${id}`);
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/studio/live/${id}`);
    await expect(this.page.getByRole("heading", { level: 2, name: this.t("shelf") })).toBeVisible({ timeout: 30_000 });
  }

  /** A row of the shelf. */
  row(number: number): Locator {
    return this.page.locator(`li[data-number="${number}"]`);
  }

  pin(number: number): Locator {
    return this.row(number).getByRole("button", { name: new RegExp(`^${this.t("pin")}`) });
  }

  /** A line of chat by what it says. */
  line(text: string): Locator {
    return this.page.locator("[data-chat]").filter({ hasText: text });
  }

  /** The picture moves. */
  async expectPicture(): Promise<void> {
    await expectMoving(this.page);
  }
}

/** The page's video is decoded and its time goes on. */
export async function expectMoving(page: Page, within = 30_000): Promise<void> {
  const time = () => page.evaluate(() => document.querySelector("video")?.currentTime ?? 0);
  const moves = async () => {
    const before = await time();
    await page.waitForTimeout(500);
    return (await time()) > before;
  };
  await expect.poll(moves, { timeout: within }).toBe(true);
}
