// Pictures and prices agree inside a room, by either engine, over a network that fails (rules.md L1, L7).

import { expect, test, type Somebody } from "../fixtures.ts";
import { product, said } from "../pages/catalogue.ts";
import { LivePage, quantile, Wire } from "../pages/stage.ts";
import { expectMoving, host, type Studio } from "../pages/studio.ts";

// Each test has an encoder and decoders of its own; more at once is a test of the machine.
test.describe.configure({ mode: "default", timeout: 180_000 });

const SHELF = ["dandong-strawberry", "hainan-mango"];
const TITLES = SHELF.map((slug) => said(product(slug).title, "zh-CN"));

/** A viewer who sees the picture; without the long response the player takes HLS. */
async function watch(viewer: Somebody, url: string, engine: "mse" | "hls"): Promise<LivePage> {
  if (engine === "hls") await viewer.page.route("**/stream.mp4", (route) => route.abort());
  const asked = new Set<string>();
  viewer.page.on("request", (request) => asked.add(request.url().split("/").at(-1)!.split("?")[0]!));
  await viewer.page.goto(url);
  await expectMoving(viewer.page, 60_000);
  expect(asked.has("live.m3u8")).toBe(engine === "hls");
  return new LivePage(viewer.page);
}

/** What the picture's clock says when the page shows that something is pinned. */
function whenShown(live: LivePage, what: string): Promise<number> {
  return live.page.evaluate(
    (what) =>
      new Promise<number>((done) => {
        const { clock } = window as unknown as { clock: () => number };
        const look = () => {
          if (document.querySelector("article h2")?.textContent !== what) return false;
          done(clock());
          return true;
        };
        const observer = new MutationObserver(() => look() && observer.disconnect());
        if (!look()) observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    what,
  );
}

/** Pins one after the other; how much later than its moment each one's frame was, in milliseconds. */
async function pinErrors(studio: Studio, id: string, live: LivePage, times: number): Promise<number[]> {
  const errors: number[] = [];
  for (let n = 0; n < times; n++) {
    const shown = whenShown(live, TITLES[n % 2]!);
    await studio.pinByApi(id, (n % 2) + 1);
    const { pinned_at } = (await studio.see(id)).room;
    errors.push((await shown) - pinned_at);
    await live.page.waitForTimeout(300 + 130 * n);
  }
  return errors;
}

function expectNear(errors: number[], what: string): void {
  console.log(`${what}: pin to its frame, ms:`, errors.join(" "));
  expect(Math.abs(quantile(errors, 0.5)), errors.join()).toBeLessThan(100);
  // A busy machine holds one up; none comes before its picture.
  for (const error of errors) {
    expect(error, errors.join()).toBeGreaterThan(-100);
    expect(error, errors.join()).toBeLessThan(300);
  }
}

for (const engine of ["mse", "hls"] as const) {
  test(`${engine}: a pin appears with the frame of its moment`, async ({ somebody }) => {
    const studio = await host(somebody);
    const { id, encoder } = await studio.onAir(SHELF, true);
    const live = await watch(await somebody(), `/live/${id}`, engine);
    await live.readClock();
    // Until it has caught up gently.
    await live.page.waitForTimeout(3000);
    expectNear(await pinErrors(studio, id, live, 6), engine);
    await encoder.kill();
  });
}

test("hls: what is pinned comes by the playlist's mark where no event does", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF, true);
  const viewer = await somebody();
  await viewer.page.route("**/api/events**", (route) => route.abort());
  const live = await watch(viewer, `/live/${id}`, "hls");
  // Nor is the room asked for again.
  await viewer.page.route(`**/api/live/${id}`, (route) => route.abort());
  await live.readClock();
  await live.page.waitForTimeout(3000);
  expectNear(await pinErrors(studio, id, live, 4), "hls, no events");
  await encoder.kill();
});

test("five seconds without a network: the picture comes back and what was pinned meanwhile is there", async ({ somebody }) => {
  const studio = await host(somebody);
  const { id, encoder } = await studio.onAir(SHELF);
  await studio.pinByApi(id, 1);
  const shop = new URL(process.env.BASE_URL ?? "http://127.0.0.1:8080");
  const wire = await Wire.to(Number(shop.port));
  const viewer = await somebody();
  const live = await watch(viewer, `http://127.0.0.1:${wire.port}/live/${id}`, "mse");
  const pinned = viewer.page.locator("article h2");
  await expect(pinned).toHaveText(TITLES[0]!);
  wire.hold();
  await studio.pinByApi(id, 2);
  await viewer.page.waitForTimeout(5000);
  await expect(pinned).toHaveText(TITLES[0]!);
  wire.mend();
  const began = Date.now();
  await expect(pinned).toHaveText(TITLES[1]!, { timeout: 15_000 });
  const told = Date.now() - began;
  await expectMoving(live.page, 15_000);
  console.log(`after the network is back: events ${told} ms, picture within ${Date.now() - began} ms`);
  // What comes now comes by itself.
  await studio.pinByApi(id, 1);
  await expect(pinned).toHaveText(TITLES[0]!);
  await wire.close();
  await encoder.kill();
});
