// A hundred swipes through the short videos on a phone's screen: what the browser's processes take, what stays in the
// page, and how soon a swipe shows a moving picture. `cargo xtask bench shorts` calls this.

import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { BASE_URL, CHROMIUM, SWIPES = "100" } = process.env;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: "zh-CN" };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--js-flags=--expose-gc"];

const server = await chromium.launchServer({ executablePath: CHROMIUM, args: FLAGS });
const browser = await chromium.connect(server.wsEndpoint());
const page = await (await browser.newContext({ ...PHONE, serviceWorkers: "block" })).newPage();
const cdp = await page.context().newCDPSession(page);
await cdp.send("Performance.enable");
await page.goto(`${BASE_URL}/v`);
await page.locator("section[data-now] video[data-shown]").waitFor({ timeout: 60_000 });

/** Every process below one. */
function below(pid) {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return [Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1).split(" ")[1])];
      } catch {
        return [0, 0];
      }
    });
  const all = [pid];
  for (const one of all) all.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child));
  return all;
}

/** What a process of the browser is for: `renderer`, `gpu-process`, … */
function kind(pid) {
  const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
  return /--type=([a-z-]+)/.exec(line)?.[1] ?? "browser";
}

/** What the browser's processes take by what they are for, in MB: shared pages are shared out. */
function resident() {
  const by = {};
  for (const pid of below(server.process().pid)) {
    try {
      const kb = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]);
      by[kind(pid)] = (by[kind(pid)] ?? 0) + kb / 1024;
    } catch {
      // It has ended.
    }
  }
  return by;
}

async function weigh() {
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  const [elements, players, loaded] = await page.evaluate(() => [
    document.querySelectorAll("*").length,
    document.querySelectorAll("video").length,
    [...document.querySelectorAll("video")].filter((it) => it.hasAttribute("src")).length,
  ]);
  const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
  return { by: resident(), heap: of("JSHeapUsedSize") / 1e6, nodes, jsEventListeners, elements, players, loaded };
}

/** Swipes by one; tells how long after the next slide was the one on screen its player drew a frame. */
function swipe(by) {
  return page.evaluate(
    (by) =>
      new Promise((done) => {
        const column = document.querySelector("main [role=group]");
        const seen = new MutationObserver(() => {
          const video = document.querySelector("section[data-now] video");
          if (!video || video === before) return;
          seen.disconnect();
          const began = performance.now();
          video.requestVideoFrameCallback(() => done(performance.now() - began));
        });
        const before = document.querySelector("section[data-now] video");
        seen.observe(column, { subtree: true, attributes: true, attributeFilter: ["data-now"] });
        column.scrollBy({ top: column.clientHeight * by, behavior: "smooth" });
        setTimeout(() => done(undefined), 5000);
      }),
    by,
  );
}

const count = () => page.evaluate(() => document.querySelectorAll("main [role=group] i").length);
const line = (what, value) => console.log(`  ${what.padEnd(26)}${value}`);
const sum = (by) => Object.values(by).reduce((sum, mb) => sum + mb, 0);
const round = (it) => it.toFixed(0);
const tell = (it) =>
  `${round(sum(it.by))} MB in all processes (renderer ${round(it.by.renderer)}, GPU ${round(it.by["gpu-process"] ?? 0)}, others ${round(sum(it.by) - it.by.renderer - (it.by["gpu-process"] ?? 0))}), JS ${it.heap.toFixed(1)} MB, ${it.nodes} nodes, ${it.jsEventListeners} listeners, ${it.elements} elements, ${it.players} players, ${it.loaded} loaded`;

console.log(`\n${SWIPES} swipes, 390 × 844`);
await page.waitForTimeout(3000);
line("at the start", tell(await weigh()));
const waits = [];
let [at, by] = [0, 1];
for (let done = 1; done <= Number(SWIPES); done++) {
  if (by > 0 && at + 1 >= (await count())) by = -1;
  if (at === 0) by = 1;
  waits.push(await swipe(by));
  at += by;
  await page.waitForTimeout(700);
  if (done % 20 === 0) line(`after ${done} swipes`, tell(await weigh()));
}
// What the browser keeps because there is room, it gives back where there is none.
await cdp.send("Memory.simulatePressureNotification", { level: "critical" });
await page.waitForTimeout(5000);
line("when memory runs short", tell(await weigh()));
await page.goto("about:blank");
await page.waitForTimeout(3000);
line("away from the page", `${round(sum(resident()))} MB in all processes`);
const known = waits.filter((it) => it !== undefined).sort((a, b) => a - b);
line("swipe to moving picture", `p50 ${known[Math.floor(known.length / 2)].toFixed(0)} ms, p95 ${known[Math.floor(known.length * 0.95)].toFixed(0)} ms, ${waits.length - known.length} without one`);
await browser.close();
await server.close();
