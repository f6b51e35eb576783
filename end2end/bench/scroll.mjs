// A feed of ten thousand cards, scrolled to its end on a phone's screen: what stays in the document, what memory
// it takes, how evenly it moves, and how soon a touch is answered. `cargo xtask bench scroll` calls this.

import { chromium } from "playwright-core";

const { BASE_URL, CHROMIUM, CARDS = "10000" } = process.env;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--enable-precise-memory-info", "--js-flags=--expose-gc"];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: "zh-CN" };
/** A thumb that flings on and on: pixels of a frame. */
const SPEED = 60;

const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
const page = await (await browser.newContext({ ...PHONE, serviceWorkers: "block" })).newPage();
const cdp = await page.context().newCDPSession(page);
await cdp.send("Performance.enable");
await page.addInitScript(() => {
  // The app's memory is the module's own; nothing else tells how large it is.
  const note = (result) => {
    const { exports } = result.instance ?? result;
    for (const it of Object.values(exports)) if (it instanceof WebAssembly.Memory) globalThis.appMemory = it;
    return result;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const made = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...args) => note(await made(...args));
  }
});
await page.goto(BASE_URL);
await page.locator("li[aria-posinset] article").first().waitFor();

/** What the page holds now. */
async function weigh() {
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  const [elements, cards, wasm] = await page.evaluate(() => [
    document.querySelectorAll("*").length,
    document.querySelectorAll("li[aria-posinset]").length,
    globalThis.appMemory.buffer.byteLength,
  ]);
  return { elements, cards, nodes: of("Nodes"), heap: of("JSHeapUsedSize") / 1e6, wasm: wasm / 1e6 };
}

/** Scrolls on until so many cards have come, or the end; tells the frames' lengths and the most elements seen. */
function scroll(until) {
  return page.evaluate(
    ([until, speed]) =>
      new Promise((done) => {
        const frames = [];
        let [last, still, most, place] = [performance.now(), 0, 0, 0];
        const step = (now) => {
          frames.push(now - last);
          last = now;
          const before = scrollY;
          scrollBy(0, speed);
          still = scrollY === before ? still + 1 : 0;
          if (frames.length % 30 === 0) {
            most = Math.max(most, document.querySelectorAll("*").length);
            const cards = document.querySelectorAll("li[aria-posinset]");
            place = Number(cards[cards.length - 1].getAttribute("aria-posinset"));
          }
          // Waiting for a page of the list is the network's time, not the screen's.
          if (still) frames.pop();
          if (place >= until || still > 600) done({ frames, most, place });
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    [until, SPEED],
  );
}

/** Presses a card's link for a moment under a slowed processor: from the touch to what is painted next. */
async function touches(times) {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.evaluate(() => {
    globalThis.delays = [];
    new PerformanceObserver((list) => {
      for (const it of list.getEntries()) if (it.interactionId) globalThis.delays.push(it.duration);
    }).observe({ type: "event", durationThreshold: 16 });
    // What is pressed leads nowhere: the press is measured, not the next page.
    addEventListener("click", (event) => event.preventDefault(), true);
  });
  for (let time = 0; time < times; time++) {
    await page.evaluate(() => scrollBy(0, 2400));
    await page.touchscreen.tap(100, 400);
    await page.waitForTimeout(150);
  }
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return page.evaluate(() => globalThis.delays);
}

function share(values, most) {
  return (100 * values.filter((value) => value <= most).length) / values.length;
}

function line(what, value, wanted) {
  console.log(`  ${what.padEnd(46)}${value}${wanted ? `   (${wanted})` : ""}`);
}

const began = await weigh();
const delays = await touches(12);
await page.evaluate(() => scrollTo(0, 0));
const early = await scroll(1000);
const first = await weigh();
const rest = await scroll(Number(CARDS));
const end = await weigh();
const frames = [...early.frames, ...rest.frames].slice(1);
const tell = (it) => `${it.elements} elements, ${it.nodes} nodes, JS ${it.heap.toFixed(1)} MB, WebAssembly ${it.wasm.toFixed(1)} MB`;

console.log(`\n${rest.place} cards, 390 × 844, ${SPEED} px a frame, ${frames.length} frames`);
line("at the start", tell(began));
line("after 1,000 cards", tell(first));
line(`after ${rest.place} cards`, tell(end));
line("most elements on the way", String(Math.max(early.most, rest.most)), "under 1500 wanted");
// A frame of a 60 Hz screen is 16.7 ms; the clock of a page rounds to tenths.
line("frames of at most 16.7 ms", `${share(frames, 16.8).toFixed(1)} %`, "95 % wanted");
line("frames of at most 33.4 ms", `${share(frames, 33.5).toFixed(1)} %`);
line("touch to next paint, processor 4 × slower", delays.length ? `${Math.max(...delays)} ms at most, of ${delays.length}` : "under 16 ms", "200 ms wanted");
await browser.close();
if (rest.place < Number(CARDS)) throw new Error(`the list ended at ${rest.place}`);
