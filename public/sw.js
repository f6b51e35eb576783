// Keeps what the app starts with in this browser, so that the shop opens without a network; what it shows then, it
// has kept itself. Nothing of the API is ever kept here: prices, stock and orders are of this moment.
"use strict";

// Written by the build: what stands for its files, and those that every start needs.
const VERSION = "";
const SHELL = [];

const FILES = `shell-${VERSION}`;
const PICTURES = "pictures";
const MOST_PICTURES = 80;
const LARGEST_PICTURE = 100_000;
const PAGE = "/index.html";
/** Waiting longer than this for a page, a shopper gets the app without it. */
const PATIENCE_MS = 4000;

addEventListener("install", (event) => {
  // The browser has just loaded those with a hash in their names.
  const request = (path) => new Request(path, { cache: isHashed(path) ? "default" : "no-cache" });
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL.map(request))));
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("shell-") && name !== FILES);
    await Promise.all(old.map((name) => caches.delete(name)));
    await registration.navigationPreload?.enable();
  };
  event.waitUntil(tidy());
});

addEventListener("message", ({ data, ports }) => {
  if (data === "take over") skipWaiting();
  // A page names the files it was started with, and is told whether they are this version's.
  else if (Array.isArray(data)) ports[0].postMessage(data.every((path) => SHELL.includes(path)));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || /^\/(api|s|sandbox|studio)(\/|$)/.test(pathname)) return;
  if (request.mode === "navigate") {
    if (isPage(pathname)) event.respondWith(page(event));
  } else if (pathname.startsWith("/media/")) {
    if (request.destination === "image" && isHashed(pathname)) event.respondWith(kept(event, PICTURES, MOST_PICTURES));
  } else if (isHashed(pathname)) {
    event.respondWith(kept(event, FILES));
  } else if (SHELL.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => inShell(pathname)));
  }
});

/** An address of the app's own: without an ending, or a creator's, whose name may hold a dot. */
function isPage(path) {
  return path === PAGE || path.startsWith("/c/") || !path.slice(path.lastIndexOf("/")).includes(".");
}

/** The name holds a hash of its content: it never means another file. */
function isHashed(path) {
  return /[-._][0-9a-f]{12,}[-._]/.test(path);
}

/** The server's page while it answers in time: it names the files of today. */
async function page(event) {
  const answer = Promise.resolve(event.preloadResponse).then((early) => early || fetch(event.request));
  event.waitUntil(answer.catch(() => {}));
  const late = new Promise((_, no) => setTimeout(no, PATIENCE_MS));
  return Promise.race([answer, late]).catch(() => inShell(PAGE));
}

async function inShell(path) {
  const cache = await caches.open(FILES);
  return (await cache.match(path)) || Response.error();
}

/** What is kept, or is from now on; of `most` files, the oldest go. */
async function kept(event, name, most) {
  const cache = await caches.open(name);
  const known = await cache.match(event.request);
  if (known) return known;
  const answer = await fetch(event.request);
  const keep = async (copy) => {
    await cache.put(event.request, copy);
    const all = most ? await cache.keys() : [];
    for (const old of all.slice(0, Math.max(0, all.length - most))) await cache.delete(old);
  };
  const length = Number(answer.headers.get("content-length"));
  // What cannot be kept, for want of room, is served all the same.
  if (answer.status === 200 && (!most || length < LARGEST_PICTURE)) event.waitUntil(keep(answer.clone()).catch(() => {}));
  return answer;
}
