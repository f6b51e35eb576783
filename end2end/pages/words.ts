// The shop's own words, read from its locale files, so that a test looks for what a person reads and
// a changed sentence needs no changed test.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Language = "zh-CN" | "en";

/** What stands between braces in a message. */
export type Values = Record<string, string | number>;

type Message = string | { one: string; other: string };

const LOCALES = join(import.meta.dirname, "..", "..", "locales");

const messages: Record<Language, Map<string, Message>> = { "zh-CN": read("zh-CN"), en: read("en") };

function read(language: Language): Map<string, Message> {
  const folder = join(LOCALES, language);
  const all = new Map<string, Message>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const texts: Record<string, Message> = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const [key, text] of Object.entries(texts)) all.set(`${file.slice(0, -5)}.${key}`, text);
  }
  return all;
}

/** The words of one language. */
export class Words {
  constructor(readonly language: Language) {}

  /** The text of `feature.key`, its braces filled. A key that is not there fails the test. */
  of(key: string, values: Values = {}): string {
    return this.form(key, values).replace(/\{(\w+)\}/g, (_, name: string) => {
      if (!(name in values)) throw new Error(`${key} needs {${name}}`);
      return String(values[name]);
    });
  }

  /** Matches the whole text of `feature.key` with anything in its braces. */
  like(key: string): RegExp {
    return new RegExp(`^\\s*${this.pattern(key)}\\s*$`);
  }

  /** Finds the text of `feature.key`, with anything in its braces, inside a longer one. */
  within(key: string): RegExp {
    return new RegExp(this.pattern(key));
  }

  private pattern(key: string): string {
    const escaped = this.form(key, {}).replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return escaped.replace(/\{\w+\}/g, ".+?");
  }

  private form(key: string, values: Values): string {
    const message = messages[this.language].get(key);
    if (message === undefined) throw new Error(`no text ${key} in ${this.language}`);
    if (typeof message === "string") return message;
    return Number(values.count) === 1 ? message.one : message.other;
  }
}
