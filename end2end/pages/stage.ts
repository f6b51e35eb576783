// The stage of crates/media without a shop around it: an engine, an encoder, and a page with the player.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.JISHI_STAGE ?? `${root}target/debug/examples/stage`;
const files = `${root}public,${root}end2end/node_modules/hls.js/dist`;
const recording = `${root}demo/live/tea-evening.mp4`;

/** Bits of the clock that is burnt into the picture, 16 pixels each. */
const BITS = 32;
/** A picture whose topmost strip is the wall clock in milliseconds, as a Gray code: a reading is off by one at most. */
const CLOCK =
  `testsrc2=s=640x360:r=25[picture];color=black:s=${BITS}x2:r=25,format=gray,` +
  `geq=lum='255*mod(floor(time(0)*1000/pow(2,X))+floor(time(0)*1000/pow(2,X+1)),2)',` +
  `scale=512:32:flags=neighbor[clock];[picture][clock]overlay=0:0,format=yuv420p`;

export type Engine = "mse" | "hls";

/** What the page tells of itself. */
export type Seen = {
  states: string[];
  time: number;
  frames: number;
  stalls: number;
  lag: number;
  first: number;
  engine: string;
};

/** The network between the browser and the stage. */
class Wire {
  private isDown = false;
  private readonly ends = new Set<Socket>();
  private readonly server: Server;

  constructor(
    readonly port: number,
    to: number,
  ) {
    this.server = createServer((near) => {
      const far = connect(to, "127.0.0.1");
      for (const [end, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.ends.add(end);
        end.on("error", () => other.destroy());
        end.on("close", () => {
          this.ends.delete(end);
          other.destroy();
        });
        end.pipe(other);
      }
      if (this.isDown) this.hold();
    }).listen(port, "127.0.0.1");
  }

  /** Nothing comes through and nobody is told. */
  hold(): void {
    this.isDown = true;
    for (const end of this.ends) end.unpipe().pause();
  }

  /** What was on its way is lost; what comes now goes through. */
  mend(): void {
    this.isDown = false;
    this.cut();
  }

  cut(): void {
    for (const end of this.ends) end.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, "close");
  }
}

export class Stage {
  private constructor(
    private readonly server: ChildProcess,
    private readonly folder: string,
    readonly http: number,
    private readonly rtmp: number,
    readonly wire: Wire,
  ) {}

  static async open(): Promise<Stage> {
    const [http, rtmp] = [await freePort(), await freePort()];
    const folder = mkdtempSync(`${tmpdir()}/jishi-stage-`);
    const flags = ["--http", `127.0.0.1:${http}`, "--rtmp", `127.0.0.1:${rtmp}`, "--folder", folder, "--files", files];
    const server = spawn(program, flags, { stdio: ["ignore", "pipe", "inherit"] });
    const failed = once(server, "error").then(([error]) => Promise.reject(error));
    await Promise.race([once(server.stdout!, "data"), failed]);
    server.stdout!.resume();
    return new Stage(server, folder, http, rtmp, new Wire(await freePort(), http));
  }

  async close(): Promise<void> {
    await this.wire.close();
    await end(this.server, "SIGINT");
    rmSync(this.folder, { recursive: true, force: true });
  }

  get pid(): number {
    return this.server.pid!;
  }

  /** ffmpeg sends the demo's recording to a room; gives back what kills it. */
  publish(room: string): Encoder {
    return publish(recording, this.ingest(room));
  }

  /** A picture of the wall clock. Without sound: ffmpeg would hold frames back until it has mixed them with it, and
   * that is its delay, not ours. */
  publishClock(room: string): Encoder {
    const codec = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "50", "-b:v", "1500k"];
    return encode(["-re", "-f", "lavfi", "-i", CLOCK, ...codec, "-flush_packets", "1"], this.ingest(room));
  }

  private ingest(room: string): string {
    return `rtmp://127.0.0.1:${this.rtmp}/live/key-${room}`;
  }

  url(room: string, engine?: Engine | "native", more = ""): string {
    return `http://127.0.0.1:${this.wire.port}/${room}?${engine ? `engine=${engine}` : ""}${more}`;
  }

  async end(room: string): Promise<void> {
    await fetch(`http://127.0.0.1:${this.http}/${room}/end`, { method: "POST" });
  }
}

/** ffmpeg sends a recording to an address, over and over; gives back what kills it. */
export function publish(file: string, url: string): Encoder {
  return encode(["-re", "-stream_loop", "-1", "-i", file, "-c", "copy"], url);
}

function encode(input: string[], url: string): Encoder {
  const words = ["-hide_banner", "-loglevel", "error", ...input, "-f", "flv", url];
  return new Encoder(spawn("ffmpeg", words, { stdio: ["ignore", "ignore", "inherit"] }));
}

export class Encoder {
  constructor(private readonly child: ChildProcess) {}

  async kill(): Promise<void> {
    await end(this.child, "SIGKILL");
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

type InPage = {
  stage: { states: string[]; first: number; frames: number; shown: { id: number; at: number; wall: number; clock: number }[] };
  player: {
    lag: number;
    stalls: number;
    engine: string;
    push(event: object): void;
    jump(): void;
    seek(at: number): void;
    at: number;
  };
  clock: () => number;
};

/** The player in its bare page. */
export class LivePage {
  constructor(readonly page: Page) {}

  seen(): Promise<Seen> {
    return this.page.evaluate(() => {
      const { stage, player } = window as unknown as InPage;
      const { states, frames, first } = stage;
      const { stalls, lag, engine } = player;
      return { states, frames, stalls, lag, first, engine, time: document.querySelector("video")!.currentTime };
    });
  }

  /** Pictures are decoded and the video's time goes on. */
  async expectPlaying(within = 20_000): Promise<void> {
    await expect.poll(async () => (await this.seen()).states.at(-1), { timeout: within }).toBe("playing");
    const before = await this.seen();
    const went = async () => {
      const now = await this.seen();
      return now.frames > before.frames + 10 && now.time !== before.time;
    };
    await expect.poll(went, { timeout: within }).toBe(true);
  }

  /** Teaches the page to read the clock that is burnt into the picture. */
  async readClock(): Promise<void> {
    await this.page.evaluate((bits) => {
      const video = document.querySelector("video")!;
      const canvas = new OffscreenCanvas(bits, 1);
      const paper = canvas.getContext("2d", { willReadFrequently: true })!;
      const read = () => {
        paper.drawImage(video, 0, 0, 512, 32, 0, 0, bits, 1);
        const pixels = paper.getImageData(0, 0, bits, 1).data;
        let value = 0n;
        let bit = 0n;
        // From the highest bit down, a Gray code is the parity of what was read.
        for (let at = bits - 1; at >= 0; at--) {
          bit ^= pixels[at * 4]! > 128 ? 1n : 0n;
          value |= bit << BigInt(at);
        }
        // The lowest bits of the clock; the rest is now's.
        const now = BigInt(Date.now());
        const round = 1n << BigInt(bits);
        let full = now - (now % round) + value;
        if (full > now + round / 2n) full -= round;
        return Number(full);
      };
      Object.assign(window, { clock: read });
    }, BITS);
  }

  /** How late the picture is, milliseconds, for each frame that comes on screen in a while. */
  async delays(forMs: number): Promise<number[]> {
    return this.page.evaluate(async (forMs) => {
      const video = document.querySelector("video")!;
      const delays: number[] = [];
      const until = performance.now() + forMs;
      await new Promise<void>((done) => {
        const seen = () => {
          delays.push(Date.now() - (window as unknown as InPage).clock());
          if (performance.now() > until) done();
          else video.requestVideoFrameCallback(seen);
        };
        video.requestVideoFrameCallback(seen);
      });
      return delays;
    }, forMs);
  }

  /** Pushes events of this very moment, one after the other, and gives back how much later than its event each one's
   * frame was, by the clock in the picture, milliseconds. */
  async eventErrors(count: number): Promise<number[]> {
    await this.page.evaluate(async (count) => {
      const { player } = window as unknown as InPage;
      for (let id = 0; id < count; id++) {
        player.push({ id, at: Date.now() });
        await new Promise((next) => setTimeout(next, 400 + 60 * (id % 7)));
      }
    }, count);
    const shown = () => this.page.evaluate(() => (window as unknown as InPage).stage.shown);
    await expect.poll(async () => (await shown()).length, { timeout: 20_000 }).toBe(count);
    return (await shown()).map((it) => it.clock - it.at);
  }
}

/** A value that this share of all is below. */
export function quantile(all: number[], share: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
