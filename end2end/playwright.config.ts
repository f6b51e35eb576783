// How the browser suite runs: against the shop that `cargo xtask test` has opened, in the
// Chromium of the system, on a phone-sized screen first.

import { defineConfig } from "@playwright/test";

const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

// The documentation's pictures are taken by hand: see screens/pictures.spec.ts.
const pictures = { name: "screens", testDir: "screens", use: { ...phone, deviceScaleFactor: 1.5 } };

export default defineConfig({
  testDir: ".",
  // One shop and one database serve all tests; two at a time is what the smallest machine bears.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A second try on a busy machine; the report names a test that needed it.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8080",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    // What a test answers in the shop's place must reach the page; the worker has tests of its own.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "mobile", testDir: "mobile", use: phone },
    { name: "a11y", testDir: "a11y", use: phone },
    // Pictures that move, without a shop around them.
    { name: "live", testDir: "live" },
    ...(process.env.BENCH ? [{ name: "bench", testDir: "bench", timeout: 1_200_000 }] : []),
    // What staff does at a desk.
    { name: "studio", testDir: "studio", use: { viewport: { width: 1280, height: 800 } } },
    { name: "desktop", testDir: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    ...(process.env.SCREENS ? [pictures] : []),
  ],
});
