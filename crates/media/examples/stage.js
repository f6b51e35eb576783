// The bare page's wiring: a player of the session that the address names, and what tests read.
// ?engine=mse|hls|native chooses one; ?vod=1 plays the replay.

import { LivePlayer } from "/live-player.js";

const room = location.pathname.slice(1);
const asked = new URLSearchParams(location.search);
const base = `/live-media/${room}`;
const video = document.querySelector("video");
const line = document.querySelector("#state");
const stage = { states: [], shown: [], frames: 0, started: performance.now() };

const player = new LivePlayer(video, {
  mp4: `${base}/stream.mp4`,
  hls: `${base}/live.m3u8`,
  vod: asked.has("vod") ? `${base}/vod.m3u8` : undefined,
  engine: asked.get("engine") ?? undefined,
  onstate: (state, why) => {
    stage.states.push(state);
    line.textContent = `${player.engine} ${state} ${why ?? ""}`;
  },
  onevent: (event) => stage.shown.push({ ...event, wall: Date.now(), clock: window.clock?.() }),
});
video.requestVideoFrameCallback?.(function seen() {
  stage.first ??= performance.now() - stage.started;
  stage.frames++;
  video.requestVideoFrameCallback(seen);
});
Object.assign(window, { stage, player });
player.start();
