// What axe-core finds wrong with a page, by the rules of WCAG 2.2 AA.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Violation = { id: string; help: string; nodes: { html: string; failureSummary: string }[] };

export async function violations(page: Page): Promise<string[]> {
  // What a preview shows in its frame is the shop, whose screens are looked at by themselves.
  // As the tool's own injected script does; the page's policy is about the page's own scripts.
  await page.evaluate(axe);
  const found: Violation[] = await page.evaluate(async (rules) => {
    const tool = (window as unknown as { axe: { run(where: unknown, options: unknown): Promise<{ violations: Violation[] }> } }).axe;
    return (await tool.run(document, { iframes: false, runOnly: { type: "tag", values: rules } })).violations;
  }, RULES);
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html} ${node.failureSummary}`));
}
