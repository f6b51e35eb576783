// Every screen holds WCAG 2.2 AA by axe-core's rules: in both languages, light and dark.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect, languages, test } from "../fixtures.ts";
import { screens } from "./screens.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Violation = { id: string; help: string; nodes: { html: string; failureSummary: string }[] };

async function violations(page: Page): Promise<string[]> {
  // What the preview shows in its frame is the shop, whose screens are looked at by themselves.
  // As the tool's own injected script does; the page's policy is about the page's own scripts.
  await page.evaluate(axe);
  const found: Violation[] = await page.evaluate(async (rules) => {
    const tool = (window as unknown as { axe: { run(where: unknown, options: unknown): Promise<{ violations: Violation[] }> } }).axe;
    return (await tool.run(document, { iframes: false, runOnly: { type: "tag", values: rules } })).violations;
  }, RULES);
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html} ${node.failureSummary}`));
}

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const { name, open } of screens) {
      test(`${name} has no barrier, light or dark`, async ({ shop, page }) => {
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await open(shop, page);
        expect(await violations(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        expect(await violations(page)).toEqual([]);
      });
    }
  });
}
