// A hundred swipes through the short videos on a phone's screen: what the browser's processes take, what stays in the
// page, and how soon a swipe shows a moving picture. `cargo xtask bench shorts` calls this.

import { setTimeout as wait } from "node:timers/promises";
import { openChromium } from "./chromium.mjs";

const { BASE_URL, CHROMIUM, SWIPES = "100" } = process.env;
const { send, ask, close, memory } = await openChromium(CHROMIUM, { width: 390, height: 844, scale: 2, language: "zh-CN" });
await send("Performance.enable");
await send("Page.navigate", { url: `${BASE_URL}/v` });
for (let tries = 0; !(await ask(() => !!document.querySelector("section[data-now] video[data-shown]"))); tries++) {
  if (tries > 600) throw new Error("no video plays");
  await wait(100);
}

async function weigh() {
  await send("HeapProfiler.collectGarbage");
  const { metrics } = await send("Performance.getMetrics");
  const { nodes, jsEventListeners: listeners } = await send("Memory.getDOMCounters");
  const page = await ask(() => ({
    elements: document.querySelectorAll("*").length,
    players: document.querySelectorAll("video").length,
    loaded: [...document.querySelectorAll("video")].filter((it) => it.hasAttribute("src")).length,
  }));
  return { by: memory(), heap: metrics.find((it) => it.name === "JSHeapUsedSize").value / 1e6, nodes, listeners, ...page };
}

/** Swipes by one; tells how long after the next slide was the one on screen its player drew a frame. */
function swipe(by) {
  return ask(
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

const count = () => ask(() => document.querySelectorAll("main [role=group] i").length);
const line = (what, value) => console.log(`  ${what.padEnd(26)}${value}`);
const round = (it) => it.toFixed(0);
const sum = (by) => Object.values(by).reduce((sum, mb) => sum + mb, 0);
const tell = ({ by, heap, ...counts }) => {
  const all = Object.entries(by).map(([kind, mb]) => `${kind} ${round(mb)}`);
  return `${round(sum(by))} MB (${all.join(", ")}), JS ${heap.toFixed(1)} MB, ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(", ")}`;
};

console.log(`\n${SWIPES} swipes, 390 × 844`);
await wait(3000);
line("at the start", tell(await weigh()));
const waits = [];
let [at, by] = [0, 1];
for (let done = 1; done <= Number(SWIPES); done++) {
  if (by > 0 && at + 1 >= (await count())) by = -1;
  if (at === 0) by = 1;
  waits.push(await swipe(by));
  at += by;
  await wait(700);
  if (done % 20 === 0) line(`after ${done} swipes`, tell(await weigh()));
}
// What the browser keeps because there is room, it gives back where there is none.
await send("Memory.simulatePressureNotification", { level: "critical" });
await wait(5000);
line("when memory runs short", tell(await weigh()));
const known = waits.filter((it) => it !== undefined && it !== null).sort((a, b) => a - b);
line("swipe to moving picture", `p50 ${round(known[Math.floor(known.length / 2)])} ms, p95 ${round(known[Math.floor(known.length * 0.95)])} ms, ${waits.length - known.length} without one`);
await close();
