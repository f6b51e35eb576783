// Figures of live pictures: `cargo xtask bench live`. Each is printed as it is known; none is asserted.

import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { test } from "@playwright/test";
import { Encoder, type Engine, LivePage, quantile, Stage } from "../pages/stage.ts";

const minutes = Number(process.env.BENCH_MINUTES ?? 1);
const viewers = Number(process.env.BENCH_VIEWERS ?? 400);
const fps = 25;

test.describe.configure({ mode: "serial" });

let stage: Stage;
let encoder: Encoder;
test.beforeAll(async () => {
  stage = await Stage.open();
  encoder = stage.publishClock("bench");
  await answers("/live-media/bench/live.m3u8");
});
test.afterAll(async () => {
  await encoder?.kill();
  await stage?.close();
});

function tell(what: string, figures: string): void {
  console.log(`${what.padEnd(34)}${figures}`);
}

const ms = (value: number) => `${Math.round(value)} ms`;

for (const engine of ["mse", "hls"] as Engine[]) {
  test(`${engine}`, async ({ browser }) => {
    const firsts: number[] = [];
    for (let run = 0; run < 5; run++) {
      const page = await browser.newPage();
      await page.goto(stage.url("bench", engine));
      const live = new LivePage(page);
      await live.expectPlaying();
      firsts.push((await live.seen()).first);
      await page.close();
    }
    tell(`${engine}: first frame`, `p50 ${ms(quantile(firsts, 0.5))}, max ${ms(Math.max(...firsts))}`);

    const page = await browser.newPage();
    await page.goto(stage.url("bench", engine));
    const live = new LivePage(page);
    await live.expectPlaying();
    await live.readClock();
    // Until it has caught up gently.
    await page.waitForTimeout(15_000);
    const before = await live.seen();
    const delays = await live.delays(minutes * 60_000);
    const after = await live.seen();
    tell(
      `${engine}: glass to glass`,
      `p50 ${ms(quantile(delays, 0.5))}, p95 ${ms(quantile(delays, 0.95))} (${delays.length} frames)`,
    );
    const waits = after.states.slice(before.states.length).filter((state) => state === "stalled").length;
    const shown = (delays.length / (minutes * 60 * fps)) * 100;
    tell(`${engine}: stalls in ${minutes} min`, `${waits}; ${shown.toFixed(1)} % of the frames came on screen`);
    const errors = await live.eventErrors(40);
    const all = errors.map(Math.abs);
    tell(
      `${engine}: event to frame`,
      `p50 ${ms(quantile(errors, 0.5))}, ${ms(Math.min(...errors))} to ${ms(Math.max(...errors))}, p95 of |error| ${ms(quantile(all, 0.95))}`,
    );
    await page.close();
  });
}

test("server", async () => {
  const long = await load(() => watch("/live-media/bench/stream.mp4"));
  tell(`${viewers} viewers, one long response`, long);
  const parts = await load(follow);
  tell(`${viewers} viewers, low-latency HLS`, parts);
});

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
let bytes = 0;
let isOver = false;

/** What the server takes for so many viewers during ten seconds. */
async function load(viewer: () => Promise<void>): Promise<string> {
  isOver = false;
  const all = Array.from({ length: viewers }, () => viewer());
  await new Promise((next) => setTimeout(next, 5000));
  const [began, had] = [cpuMs(), bytes];
  await new Promise((next) => setTimeout(next, 10_000));
  const [cpu, mbit] = [(cpuMs() - began) / 100, ((bytes - had) * 8) / 10 / 1e6];
  const kb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${stage.pid}/status`, "utf8"))![1]);
  isOver = true;
  agent.destroy();
  await Promise.allSettled(all);
  return `${cpu.toFixed(1)} % of a core, ${mbit.toFixed(0)} Mbit/s, ${(kb / 1024).toFixed(0)} MB resident`;
}

/** Processor time of the stage so far. */
function cpuMs(): number {
  const fields = readFileSync(`/proc/${stage.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Reads until it is over; gives back the text when it is asked for. */
function watch(path: string, keep = false): Promise<string> {
  return new Promise((done, fail) => {
    const request = get({ port: stage.http, path, agent }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (keep) text += chunk.toString();
        if (isOver) request.destroy();
      });
      answer.on("end", () => done(text));
      answer.on("error", () => done(text));
    });
    request.on("error", (error) => (isOver ? done("") : fail(error)));
  }) as Promise<string>;
}

/** A player of low-latency HLS: waits for each part, then fetches it. */
async function follow(): Promise<void> {
  let [msn, part] = [0, 0];
  while (!isOver) {
    const query = msn ? `?_HLS_msn=${msn}&_HLS_part=${part}` : "";
    const list = await watch(`/live-media/bench/live.m3u8${query}`, true);
    const last = [...list.matchAll(/URI="(part-\d+\.\d+\.m4s)"/g)].at(-2)?.[1];
    const hint = /PRELOAD-HINT:TYPE=PART,URI="part-(\d+)\.(\d+)\.m4s"/.exec(list);
    if (!hint) continue;
    [msn, part] = [Number(hint[1]), Number(hint[2])];
    if (last) await watch(`/live-media/bench/${last}`);
  }
}

/** Waits until the stage answers a path. */
async function answers(path: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${stage.http}${path}`);
    if (answer.ok) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${path} is not answered`);
}
