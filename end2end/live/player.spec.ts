// The live player with a real encoder: both engines, the network, and an encoder that comes back.

import { expect, test } from "../fixtures.ts";
import { type Engine, LivePage, quantile, Stage } from "../pages/stage.ts";

// Each test has an encoder and a decoder of its own; more at once is a test of the machine.
test.describe.configure({ mode: "serial" });

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.open();
});
test.afterAll(async () => stage?.close());

const engines: Engine[] = ["mse", "hls"];

for (const engine of engines) {
  test(`${engine}: pictures are decoded, time goes on, and live is near`, async ({ page }) => {
    const room = `plays-${engine}`;
    const encoder = stage.publish(room);
    await page.goto(stage.url(room, engine));
    const live = new LivePage(page);
    await live.expectPlaying();
    const { lag, engine: used } = await live.seen();
    expect(used).toBe(engine);
    expect(lag).toBeLessThan(engine === "mse" ? 3 : 5);
    await encoder.kill();
  });

  test(`${engine}: an event is shown with its frame`, async ({ page }) => {
    const room = `event-${engine}`;
    const encoder = stage.publishClock(room);
    await page.goto(stage.url(room, engine));
    const live = new LivePage(page);
    await live.expectPlaying();
    await live.readClock();
    const delays = await live.delays(3000);
    expect(quantile(delays, 0.5)).toBeLessThan(engine === "mse" ? 1500 : 4000);
    const errors = await live.eventErrors(8);
    for (const error of errors) {
      expect(error, errors.join()).toBeGreaterThan(-150);
      expect(error, errors.join()).toBeLessThan(250);
    }
    await encoder.kill();
  });

  test(`${engine}: an encoder that was killed and comes back is shown again`, async ({ page }) => {
    const room = `back-${engine}`;
    const first = stage.publish(room);
    await page.goto(stage.url(room, engine));
    const live = new LivePage(page);
    await live.expectPlaying();
    await first.kill();
    await expect.poll(async () => (await live.seen()).states.at(-1), { timeout: 20_000 }).toBe("stalled");
    await page.waitForTimeout(3000);
    const second = stage.publish(room);
    await live.expectPlaying();
    expect((await live.seen()).engine).toBe(engine);
    await second.kill();
  });

  test(`${engine}: five seconds without a network are got over`, async ({ page }) => {
    const room = `cut-${engine}`;
    const encoder = stage.publish(room);
    await page.goto(stage.url(room, engine));
    const live = new LivePage(page);
    await live.expectPlaying();
    stage.wire.hold();
    await page.waitForTimeout(5000);
    expect((await live.seen()).states.at(-1)).toBe("stalled");
    stage.wire.mend();
    await live.expectPlaying();
    const { lag, engine: used } = await live.seen();
    expect(used).toBe(engine);
    expect(lag).toBeLessThan(engine === "mse" ? 3 : 6);
    await encoder.kill();
  });
}

test("native: where there is no Media Source the browser plays the playlist itself", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["MediaSource", "ManagedMediaSource"]) Object.assign(window, { [name]: undefined });
  });
  const encoder = stage.publish("native");
  await page.goto(stage.url("native"));
  const live = new LivePage(page);
  await live.expectPlaying(30_000);
  expect((await live.seen()).engine).toBe("native");
  await encoder.kill();
});

test("four failures of one engine are enough for the next", async ({ page }) => {
  // Something between here and there holds the long response back.
  await page.route("**/stream.mp4", (route) => route.abort());
  const encoder = stage.publish("next");
  await page.goto(stage.url("next"));
  const live = new LivePage(page);
  await live.expectPlaying(40_000);
  expect((await live.seen()).engine).toBe("hls");
  await encoder.kill();
});

test("a room that ends says so, and its replay seeks by the clock", async ({ page }) => {
  const room = "ends";
  const encoder = stage.publishClock(room);
  await page.goto(stage.url(room));
  const live = new LivePage(page);
  await live.expectPlaying();
  expect((await live.seen()).engine).toBe("mse");
  await page.waitForTimeout(6000);
  await stage.end(room);
  await expect.poll(async () => (await live.seen()).states.at(-1), { timeout: 20_000 }).toBe("ended");
  await encoder.kill();

  await page.goto(stage.url(room, undefined, "&vod=1"));
  await live.expectPlaying();
  await live.readClock();
  const wanted = await page.evaluate(() => {
    const { player, clock } = window as unknown as { player: { seek(at: number): void }; clock(): number };
    const at = clock() + 3000;
    player.seek(at);
    return at;
  });
  const shown = () => page.evaluate(() => (window as unknown as { clock(): number }).clock());
  await expect.poll(async () => Math.abs((await shown()) - wanted), { timeout: 10_000 }).toBeLessThan(1000);
});

test("a browser that refuses to play by itself is asked by a tap", async ({ page }) => {
  await page.addInitScript(() => {
    let allowed = false;
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      return allowed ? play.call(this) : Promise.reject(new DOMException("no", "NotAllowedError"));
    };
    Object.assign(window, { allow: () => (allowed = true) });
  });
  const encoder = stage.publish("tap");
  await page.goto(stage.url("tap"));
  const live = new LivePage(page);
  await expect.poll(async () => (await live.seen()).states.at(-1), { timeout: 20_000 }).toBe("blocked");
  await page.evaluate(() => {
    const { allow, player } = window as unknown as { allow(): void; player: { resume(): void } };
    allow();
    player.resume();
  });
  await live.expectPlaying();
  await encoder.kill();
});

test("what a shopper must know at once is not held for its frame", async ({ page }) => {
  const encoder = stage.publish("now");
  await page.goto(stage.url("now", "hls"));
  const live = new LivePage(page);
  await live.expectPlaying();
  const shown = await page.evaluate(() => {
    const { player, stage } = window as unknown as { player: { push(event: object): void }; stage: { shown: unknown[] } };
    player.push({ at: Date.now(), now: true });
    player.push({ at: Date.now() });
    return stage.shown.length;
  });
  expect(shown).toBe(1);
  await encoder.kill();
});
