// Plays a live room, or its replay, in a <video>. Loaded only by rooms; hls.js only where it is the engine.
//
//   const player = new LivePlayer(video, { mp4, hls, vod, offset, now, onstate, onevent });
//   player.start(); player.push({ at, ... }); player.jump(); player.pip(); player.destroy();
//
// `onstate(state, why)`: connecting · playing · stalled · blocked (a tap must call `resume()`) · ended · failed.
// `onevent(event)`: an event of `push`, when the frame on screen has reached its `at` (server's clock, ms).

const HLS_MODULE = "/hls.light.min.mjs";
const WATCHDOG = 3000;
const HELD_AT_MOST = 8000;
// Seconds of video between the frame on screen and the newest that is here.
const TARGETS = { mse: 0.35, hls: 1.5 };

const Source = () => window.ManagedMediaSource || window.MediaSource;

export class LivePlayer {
  constructor(video, options) {
    this.video = video;
    this.options = { offset: 0, now: Date.now, onstate() {}, onevent() {}, hlsModule: HLS_MODULE, ...options };
    // What the browser says it can play natively is not asked: some say so and stall.
    const all = [];
    if (Source()) {
      if (options.mp4 && !options.vod) all.push("mse");
      all.push("hls");
    }
    this.engines = options.engine ? [options.engine] : [...all, "native"];
    this.held = [];
    this.failures = 0;
    this.stalls = 0;
    this.state = "";
    this.life = new AbortController();
  }

  start() {
    const { video, life } = this;
    const { signal } = life;
    const on = (target, type, run) => target.addEventListener(type, run, { signal });
    video.playsInline = true;
    video.setAttribute("x5-playsinline", "");
    on(video, "playing", () => this.tell("playing"));
    on(video, "timeupdate", () => this.moved());
    on(video, "waiting", () => {
      if (this.state !== "playing") return;
      this.stalls++;
      this.tell("stalled");
    });
    on(video, "ended", () => this.tell("ended"));
    on(window, "online", () => this.again(0));
    on(document, "visibilitychange", () => document.hidden || this.jump());
    this.clock = setInterval(() => this.tick(), 250);
    this.frames();
    this.connect();
  }

  destroy() {
    this.life.abort();
    clearInterval(this.clock);
    this.leave();
    for (const it of this.held) clearTimeout(it.timer);
    this.held = [];
    this.video.removeAttribute("src");
    this.video.load();
  }

  get engine() {
    return this.engines[0];
  }

  // ---- how far behind live ---------------------------------------------------------------------------

  /** When the frame on screen was, by the server's clock; NaN while that is not known. */
  get at() {
    return this.dateOf(this.frame ?? this.video.currentTime) - this.options.offset;
  }

  /** Seconds behind live. */
  get lag() {
    const at = this.at;
    return at ? (this.options.now() - at) / 1000 : this.buffered() - this.video.currentTime;
  }

  /** To the newest picture. */
  jump() {
    if (this.options.vod) return;
    const edge = this.edge();
    if (edge - this.video.currentTime > 0.1) this.video.currentTime = edge;
    this.resume();
  }

  /** A replay to a moment by the server's clock. */
  seek(at) {
    const { video } = this;
    const here = this.dateOf(video.currentTime);
    if (here) video.currentTime = this.timeOf?.(at) ?? Math.max(0, video.currentTime + (at - here) / 1000);
  }

  buffered() {
    const { buffered } = this.video;
    return buffered.length ? buffered.end(buffered.length - 1) : 0;
  }

  get target() {
    return TARGETS[this.engine] + Math.min(this.stalls * 0.1, 1);
  }

  edge() {
    if (this.lib) return this.lib.liveSyncPosition ?? this.buffered() - this.target;
    const { seekable } = this.video;
    if (this.engine === "native") return seekable.length ? seekable.end(seekable.length - 1) - 2 : 0;
    return Math.max(this.buffered() - this.target, 0);
  }

  // ---- what is shown with its frame ------------------------------------------------------------------

  /** Holds an event until its frame is on screen; `now: true` (stock, sold out) is never held. */
  push(event) {
    if (event.now || !event.at || event.at <= this.at) return this.options.onevent(event);
    const it = { event };
    it.timer = setTimeout(() => this.show(it), HELD_AT_MOST);
    this.held.push(it);
  }

  show(it) {
    clearTimeout(it.timer);
    this.held = this.held.filter((other) => other !== it);
    this.options.onevent(it.event);
  }

  frames() {
    const { video, life } = this;
    const seen = (time) => {
      if (life.signal.aborted) return;
      this.frame = time;
      const at = this.at;
      for (const it of this.held.filter((it) => it.event.at <= at)) this.show(it);
      next();
    };
    const next = () =>
      video.requestVideoFrameCallback
        ? video.requestVideoFrameCallback((_, frame) => seen(frame.mediaTime))
        : requestAnimationFrame(() => seen(video.currentTime));
    next();
  }

  // ---- keeping up ------------------------------------------------------------------------------------

  moved() {
    this.alive = performance.now();
    // What has played for a while has not failed.
    if (this.video.currentTime - this.began > 10) this.failures = 0;
  }

  tick() {
    const { video, options } = this;
    if (options.vod || video.paused || !video.readyState) return;
    const ahead = this.edge() + (this.lib ? 0 : this.target) - video.currentTime;
    const late = this.lib ? video.currentTime && ahead : ahead - this.target;
    const gone = performance.now() - Math.max(this.alive ?? 0, this.heard ?? 0);
    // hls.js and the browser's own player are silent when they hang.
    if (this.engine !== "mse" && gone > 4 * WATCHDOG) return this.failed(Error("hangs"));
    if (this.engine === "native") return;
    if (late > 4) video.currentTime = this.edge();
    else if (video.readyState < 3 && ahead > 0.5 && gone > 500) this.over();
    video.playbackRate = late > 0.6 ? 1.1 : late > 0.15 ? 1.05 : !this.lib && ahead < this.target / 4 ? 0.95 : 1;
  }

  /** Steps over a hole in what is here. */
  over() {
    const { video } = this;
    const { buffered, currentTime } = video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) > currentTime) {
        video.currentTime = buffered.start(i) + 0.01;
        return;
      }
    }
  }

  // ---- connecting, and again -------------------------------------------------------------------------

  async connect() {
    this.leave();
    const turn = (this.turn = new AbortController());
    this.tell(this.state === "stalled" ? "stalled" : "connecting");
    this.alive = this.heard = performance.now();
    this.began = Infinity;
    try {
      await this[this.engine](turn.signal);
    } catch (error) {
      if (!turn.signal.aborted) this.failed(error);
    }
  }

  leave() {
    this.turn?.abort();
    clearTimeout(this.timer);
    this.lib?.destroy();
    this.lib = this.timeOf = this.frame = undefined;
    this.dateOf = () => NaN;
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = undefined;
  }

  /** `kind`: "absent" while nobody publishes, "hopeless" when this engine never will. */
  async failed({ message, kind }) {
    this.turn?.abort();
    if (this.state === "ended") return;
    this.tell("stalled", message);
    if (!this.options.vod && navigator.onLine && (await this.hasEnded())) return this.tell("ended");
    if (this.life.signal.aborted) return;
    if (kind === "absent") return this.again(700 + Math.random() * 600);
    if ((kind || ++this.failures >= 4) && this.engines.length > 1) {
      this.engines.shift();
      this.failures = 0;
    } else if (kind) return this.tell("failed", message);
    this.again(Math.min(500 * 2 ** this.failures, 8000) * (0.5 + Math.random() / 2));
  }

  again(wait) {
    if (this.state === "ended" || this.life.signal.aborted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), wait);
  }

  /** Nobody publishes any more, and will not. */
  async hasEnded() {
    try {
      const answer = await fetch(this.options.hls, { signal: AbortSignal.timeout(WATCHDOG) });
      return answer.ok && (await answer.text()).includes("#EXT-X-ENDLIST");
    } catch {
      return false;
    }
  }

  /** Plays; after `blocked` to be called by a tap. */
  async resume() {
    const { video } = this;
    const play = async () => {
      try {
        await video.play();
        return true;
      } catch (error) {
        return error.name !== "NotAllowedError";
      }
    };
    if (await play()) return;
    if (!video.muted) {
      video.muted = true;
      if (await play()) return;
    }
    this.tell("blocked");
    // WeChat lets a page play by itself only in here.
    window.WeixinJSBridge?.invoke("getNetworkType", {}, () => video.play().catch(() => {}));
  }

  pip() {
    const { video } = this;
    if (document.pictureInPictureElement === video) return document.exitPictureInPicture();
    return video.requestPictureInPicture?.() ?? video.webkitSetPresentationMode?.("picture-in-picture");
  }

  tell(state, why) {
    // Nobody listens any more once it is destroyed.
    if (this.state === state || this.life.signal.aborted) return;
    this.state = state;
    this.options.onstate(state, why);
  }

  // ---- engines ---------------------------------------------------------------------------------------

  /** Fragmented MP4 over one long response. */
  async mse(signal) {
    const { video, options } = this;
    const answer = await within(WATCHDOG, fetch(options.mp4, { signal, cache: "no-store" }));
    if (!answer.ok) throw fault(`answered ${answer.status}`, answer.status === 404 && "absent");
    const type = `video/mp4; codecs="${answer.headers.get("x-codecs")}"`;
    const Media = Source();
    if (!Media.isTypeSupported(type)) throw fault(type, "hopeless");
    const anchor = Number(answer.headers.get("x-pdt0"));
    this.dateOf = (time) => anchor + time * 1000;
    const media = new Media();
    // Without it a managed source never opens.
    video.disableRemotePlayback = true;
    const open = once(media, "sourceopen", signal);
    video.src = this.url = URL.createObjectURL(media);
    await open;
    const buffer = media.addSourceBuffer(type);
    const done = async (change) => {
      change();
      if (buffer.updating) await once(buffer, "updateend", signal);
    };
    const reader = answer.body.getReader();
    signal.addEventListener("abort", () => reader.cancel().catch(() => {}));
    for (let placed = false; ; ) {
      const { value, done: over } = await within(WATCHDOG, reader.read());
      if (over) throw Error("the picture ended");
      this.heard = performance.now();
      await done(() => buffer.appendBuffer(value));
      const start = buffer.buffered.length ? buffer.buffered.start(0) : NaN;
      if (!placed && this.buffered() > start) {
        placed = true;
        video.currentTime = Math.max(start, this.buffered() - this.target);
        this.began = video.currentTime;
        this.resume();
      }
      if (video.currentTime - start > 30) await done(() => buffer.remove(0, video.currentTime - 10));
    }
  }

  /** HLS by hls.js. */
  async hls(signal) {
    const { video, options } = this;
    const { default: Hls } = await import(options.hlsModule);
    if (signal.aborted) return;
    if (!Hls.isSupported()) throw fault("no Media Source", "hopeless");
    video.disableRemotePlayback = true;
    const live = { liveSyncDuration: this.target, liveMaxLatencyDuration: 8, liveSyncOnStallIncrease: 0.2, lowLatencyMode: true };
    // A worker would be made of a blob, which the shop's policy forbids.
    const lib = (this.lib = new Hls({ enableWorker: false, backBufferLength: 10, ...(options.vod ? { startPosition: 0 } : live) }));
    const list = () => lib.levels[Math.max(lib.currentLevel, 0)]?.details?.fragments.filter((it) => it.programDateTime) ?? [];
    this.dateOf = (time) => {
      const all = list();
      const it = all.findLast((it) => it.start <= time + 0.05) ?? all[0];
      return it ? it.programDateTime + (time - it.start) * 1000 : NaN;
    };
    this.timeOf = (at) => {
      const it = list().findLast((it) => it.programDateTime <= at);
      return it && it.start + Math.min((at - it.programDateTime) / 1000, it.duration);
    };
    let repairs = 0;
    lib.on(Hls.Events.FRAG_BUFFERED, () => (this.heard = performance.now()));
    lib.on(Hls.Events.LEVEL_LOADED, () => (this.heard = performance.now()));
    lib.on(Hls.Events.MANIFEST_PARSED, () => this.resume());
    lib.on(Hls.Events.ERROR, (_, error) => {
      if (!error.fatal || signal.aborted) return;
      if (error.type === "mediaError" && repairs++ < 2) lib.recoverMediaError();
      else this.failed(fault(error.details, error.response?.code === 404 && "absent"));
    });
    lib.loadSource(options.vod ?? options.hls);
    lib.attachMedia(video);
    video.addEventListener("playing", () => (this.began = video.currentTime), { signal, once: true });
  }

  /** HLS by the browser itself. */
  async native(signal) {
    const { video, options } = this;
    video.addEventListener("error", () => this.failed(fault(video.error?.message)), { signal });
    this.dateOf = (time) => {
      const start = video.getStartDate?.();
      return start ? start.getTime() + time * 1000 : NaN;
    };
    video.src = options.vod ?? options.hls;
    this.resume();
  }
}

function fault(message, kind) {
  return Object.assign(Error(message), { kind });
}

function once(target, type, signal) {
  return new Promise((done, fail) => {
    target.addEventListener(type, done, { once: true });
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
  });
}

function within(limit, work) {
  let timer;
  const late = new Promise((_, fail) => (timer = setTimeout(() => fail(Error("silent")), limit)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
