// A Chromium without a test's instruments: those keep the body of every answer, half a megabyte for each film, and what
// is measured would be theirs.

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];

/** Opens a browser with one page on a phone's screen; `send` speaks the DevTools protocol to that page. */
export async function openChromium(program, { width, height, scale, language }) {
  const profile = mkdtempSync(join(tmpdir(), "jishi-bench-"));
  const flags = [...FLAGS, `--lang=${language}`, `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"];
  const browser = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => browser.once("exit", done));
  const [waiting, to, from] = [new Map(), browser.stdio[3], browser.stdio[4]];
  let [count, rest, session] = [0, "", undefined];
  from.setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      waiting.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
      waiting.delete(id);
    }
  });
  const send = (method, params = {}) =>
    new Promise((done) => {
      waiting.set(++count, done);
      to.write(`${JSON.stringify({ id: count, method, params, sessionId: session })}\0`);
    });
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  session = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: scale, mobile: true });
  await send("Emulation.setTouchEmulationEnabled", { enabled: true });

  /** What a function of the page answers; it is sent as its text. */
  async function ask(run, ...args) {
    const expression = `(${run})(...${JSON.stringify(args)})`;
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async function close() {
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true });
  }

  return { send, ask, close, memory: () => memory(browser.pid) };
}

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

/**
 * What the browser's processes take by what they are for, in MB: what they share is shared out, and the program's own
 * pages, which are those of every browser on the machine, are left out.
 */
function memory(root) {
  const by = {};
  for (const pid of below(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      const kb = [...rollup.matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+)/gm)].reduce((sum, found) => sum + Number(found[1]), 0);
      by[kind(pid)] = (by[kind(pid)] ?? 0) + kb / 1024;
    } catch {
      // It has ended.
    }
  }
  return by;
}
