// Lighthouse's mobile profile (slow 4G, a processor four times slower, both simulated) on the feed and a product:
// the median of some runs, each in a browser of its own. `cargo xtask bench first-screen` calls this.

import { writeFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { BASE_URL, CHROMIUM, REPORTS, RUNS = "5" } = process.env;
const PAGES = [["feed", "/"], ["product", "/p/dandong-strawberry"]];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"];

/** What is measured: how it is called, how it is read, and what we want of it. */
const MEASURES = [
  ["largest paint", (it) => it.audits["largest-contentful-paint"].numericValue, "ms", 1500],
  ["first paint", (it) => it.audits["first-contentful-paint"].numericValue, "ms"],
  ["interactive", (it) => it.audits.interactive.numericValue, "ms", 3000],
  ["blocking time", (it) => it.audits["total-blocking-time"].numericValue, "ms", 200],
  ["layout shift", (it) => it.audits["cumulative-layout-shift"].numericValue, "", 0.01],
  ["performance", (it) => it.categories.performance.score * 100, "", -95],
  ["accessibility", (it) => it.categories.accessibility.score * 100, "", -100],
  ["best practices", (it) => it.categories["best-practices"].score * 100, "", -100],
  ["SEO", (it) => it.categories.seo.score * 100, "", -100],
  ["requests", (it) => needed(it).length, "", 20],
  ["code, compressed", (it) => bytes(it, /\.(wasm|js|css)$/), "kB", 180],
  ["pictures", (it) => bytes(it, /^\/media\//), "kB"],
  ["everything", (it) => bytes(it, /./), "kB"],
  ["fetched ahead", (it) => bytes(it, /./, requests(it).filter(isAhead)), "kB"],
];

function requests(it) {
  return it.audits["network-requests"].details.items.filter(({ url }) => url.startsWith("http"));
}

/** What this page needs: not the next one's, which the browser fetches when it has nothing else to do. */
function needed(it) {
  return requests(it).filter((request) => !isAhead(request));
}

function isAhead({ priority }) {
  return priority === "VeryLow";
}

function bytes(it, path, among = needed(it)) {
  const those = among.filter(({ url }) => path.test(new URL(url).pathname));
  return those.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** One visit of a new browser. */
async function visit(url) {
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: FLAGS });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, output: "json", logLevel: "error" });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    chrome.kill();
  }
}

/** `-95` is wanted: at least 95; `1500`: at most. The ratio is below one when the goal is met. */
function against(value, goal) {
  if (goal === undefined) return "";
  const ratio = goal < 0 ? -goal / value : value / goal;
  return `${ratio <= 1 ? "✓" : "✗"} ${ratio.toFixed(2)} of the goal (${Math.abs(goal)})`;
}

for (const [name, path] of PAGES) {
  const runs = [];
  for (let run = 0; run < Number(RUNS); run++) runs.push(await visit(BASE_URL + path));
  if (REPORTS) writeFileSync(`${REPORTS}/lighthouse-${name}.json`, JSON.stringify(runs.at(-1)));
  console.log(`\n${name} (median of ${runs.length}, Lighthouse ${runs[0].lighthouseVersion}, mobile)`);
  for (const [what, read, unit, goal] of MEASURES) {
    const value = median(runs.map(read));
    const shown = what === "layout shift" ? value.toFixed(4) : value.toFixed(0);
    console.log(`  ${what.padEnd(18)}${shown.padStart(8)} ${unit.padEnd(3)} ${against(value, goal)}`.trimEnd());
  }
  const last = runs.at(-1);
  for (const category of ["accessibility", "best-practices", "seo"]) {
    for (const { id, weight } of last.categories[category].auditRefs) {
      const { score, title } = last.audits[id];
      if (weight > 0 && score !== null && score < 1) console.log(`  · ${category}: ${title} (${id})`);
    }
  }
}
