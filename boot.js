// Runs before the app: the chosen theme, the Trusted Types policy, and what the shopper sees when the
// app cannot start or has crashed. Plain JavaScript, because it must work when WebAssembly does not.
(() => {
  "use strict";
  const root = document.documentElement;
  const session = storage("sessionStorage");
  const local = storage("localStorage");

  // ---- theme, and which frame to paint first -------------------------------------------------------
  const theme = local && local.getItem("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.dataset.start = location.pathname === "/" ? "feed" : "page";

  // ---- the pieces of the app that the first address needs are asked for at once, those that the next one
  // is likely to need when there is time and no word of saving data ------------------------------------
  const pieces = JSON.parse(document.getElementById("pieces").textContent);
  const here = location.pathname;
  const first = here === "/" ? null : /^\/(live|v)(\/|$)/.test(here) ? "live" : /^\/(category|search|p|g|c|flash)(\/|$)/.test(here) ? "catalog" : "trade";
  // Modules of plain JavaScript that a page loads when it needs them, such as the player of live rooms.
  window.jishiModule = (address) => import(address);
  const line = navigator.connection;
  const spare = !(line && (line.saveData || /2g/.test(line.effectiveType)));
  let styled;
  // Every page but the start page waits for this; one that has come without its style is better than none.
  window.jishiStyled = () =>
    (styled ||= new Promise((done) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = pieces.style[0];
      link.onload = () => done();
      link.onerror = () => {
        styled = undefined;
        link.remove();
        done();
      };
      document.head.append(link);
    }));
  // A page that comes drawn comes with its style, and is painted before anything of the app is asked for: on a slow
  // line the app would keep its picture waiting.
  const drawn = "drawn" in root.dataset;
  const painted = new Promise((done) => {
    if (!drawn || document.hidden || !window.PerformanceObserver?.supportedEntryTypes?.includes("paint")) return done();
    const look = (list) => list.getEntriesByName("first-contentful-paint").length && done();
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
    document.addEventListener("visibilitychange", done, { once: true });
  });
  if (first) {
    if (drawn) styled = Promise.resolve();
    window.jishiStyled();
  }
  const pictured = painted.then(() => {
    const picture = drawn && document.querySelector("#shell img[fetchpriority=high]");
    // A picture that is long in coming is not worth waiting for.
    const patience = new Promise((done) => setTimeout(done, 1000));
    return picture && Promise.race([picture.decode().catch(() => {}), patience]);
  });
  const asked = pictured.then(() => {
    request("app", "preload");
    if (first) request(first, "preload");
    if (local && Object.keys(local).some((key) => key.startsWith("cart:"))) request("customer", "preload");
  });
  addEventListener("load", () => {
    if (!spare || first === "catalog") return;
    setTimeout(() => {
      window.jishiStyled();
      request("catalog", "prefetch");
    }, 3000);
  });

  function request(piece, how) {
    for (const file of pieces[piece] || []) {
      const link = document.createElement("link");
      const isModule = file.endsWith(".js");
      link.rel = isModule ? "modulepreload" : how;
      if (!isModule) link.as = "fetch";
      link.crossOrigin = "anonymous";
      link.href = file;
      document.head.append(link);
    }
  }

  // ---- the service worker, once the page has all it needs; a newer version of the shop waits to be let in -----
  const workers = navigator.serviceWorker;
  if (pieces.worker && workers) addEventListener("load", () => setTimeout(() => keepShell().catch(() => {}), 4000));

  async function keepShell() {
    const named = [...document.querySelectorAll("script[src],link[rel=stylesheet]")];
    const files = [...named.map((it) => new URL(it.src || it.href).pathname), ...pieces.app];
    const registration = await workers.register(pieces.worker[0]);
    const look = () => {
      const newer = registration.waiting;
      if (!newer || !registration.active) return;
      const answer = new MessageChannel();
      answer.port1.onmessage = ({ data }) => {
        if (data) newer.postMessage("take over");
        else dispatchEvent(new Event("jishiNewer"));
      };
      newer.postMessage(files, [answer.port2]);
      window.jishiRenew = () => {
        workers.addEventListener("controllerchange", () => location.reload(), { once: true });
        newer.postMessage("take over");
      };
    };
    registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", look));
    look();
    // A page may stay open for days.
    let asked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || Date.now() - asked < 600000) return;
      asked = Date.now();
      registration.update().catch(() => {});
    });
  }

  // ---- a page that comes drawn: its links work by themselves. The app takes its place between two touches, keeps
  // the focus and what was swiped sideways, and does what was pressed meanwhile ---------------------------
  const CONTROLS = "a, button, input, [tabindex]";
  const shell = () => document.getElementById("shell");
  const controls = (place) => [...place.querySelectorAll(CONTROLS)];
  const watching = new AbortController();
  let touched = false;
  let released = () => {};
  let pressed = -1;
  watch("pointerdown", () => (touched = true));
  for (const end of ["pointerup", "pointercancel"]) {
    // The click follows.
    watch(end, () => setTimeout(() => ((touched = false), released()), 60));
  }
  watch("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("#shell button");
    if (button) pressed = controls(shell()).indexOf(button);
  });
  window.jishiUntouched = () =>
    new Promise((done) => {
      if (!touched) return done();
      released = done;
      setTimeout(done, 3000);
    });
  // The app has drawn itself: before the next frame what was here before goes.
  window.jishiTakeOver = () => {
    if (!shell()) return;
    const before = controls(shell());
    const focused = before.indexOf(document.activeElement);
    const sideways = before.map((control) => control.scrollLeft);
    shell().remove();
    watching.abort();
    const now = controls(document.body);
    sideways.forEach((x, place) => x && now[place] && (now[place].scrollLeft = x));
    if (now[focused]) now[focused].focus({ preventScroll: true });
    if (now[pressed]) now[pressed].click();
  };

  function watch(event, seen) {
    addEventListener(event, seen, { capture: true, passive: true, signal: watching.signal });
  }

  // ---- Trusted Types: the app builds its static markup from its own literals and runs no script but its worker --
  const ACTIVE = /<\s*(script|iframe|object|embed|base|meta|link|style)\b|\son\w+\s*=|javascript:|srcdoc\s*=/i;
  if (window.trustedTypes) {
    trustedTypes.createPolicy("default", {
      createHTML(html) {
        if (ACTIVE.test(html)) throw new TypeError("markup that could run code was refused");
        return html;
      },
      createScriptURL(url) {
        if (url !== pieces.worker?.[0]) throw new TypeError("a script that is not the shop's own was refused");
        return url;
      },
    });
  }

  // ---- the app cannot start: a new version may have replaced its files -------------------------------
  let started = false;
  // The page calls this when it is read to its end and has its style.
  window.jishiStart = async () => {
    await asked;
    const [script, module_or_path] = pieces.app;
    const { default: start } = await import(script);
    await start({ module_or_path });
    started = true;
    if (session) session.removeItem("boot-retry");
  };
  addEventListener("error", (event) => {
    const from = event.target;
    const ours = from === window || from instanceof HTMLScriptElement || (from instanceof HTMLLinkElement && from.rel !== "icon");
    if (!started && ours) cannotStart();
  }, true);
  addEventListener("unhandledrejection", () => {
    if (!started) cannotStart();
  });

  function cannotStart() {
    if (started || document.querySelector(".crash")) return;
    if (startAnew("boot-retry")) return;
    overlay({
      zh: ["集市没能打开", "网络断了，或店里刚换了新版。购物车里的东西都还在。"],
      en: ["The shop did not open", "The network is gone, or there is a new version. Your cart is safe."],
    });
  }

  // Once an hour: what is missing after that will not come by itself.
  function startAnew(note) {
    if (!navigator.onLine || !session) return false;
    if (Date.now() - Number(session.getItem(note)) < 3600000) return false;
    session.setItem(note, String(Date.now()));
    location.reload();
    return true;
  }

  // ---- a piece of the app is gone: the same ----------------------------------------------------------
  window.jishiStartAnew = () => startAnew("piece-retry");

  // ---- the app has crashed: stop it from writing anything with half-done state -----------------------
  let crashed = false;
  window.jishiCrash = () => {
    if (crashed) return;
    crashed = true;
    const again = mayReload();
    const refuse = () => {
      throw new DOMException("the app has crashed", "InvalidStateError");
    };
    for (const write of ["setItem", "removeItem", "clear"]) Storage.prototype[write] = refuse;
    const fetched = window.fetch;
    window.fetch = (input, init) => {
      const method = (init && init.method) || (input instanceof Request ? input.method : "GET");
      return /^(GET|HEAD)$/i.test(method)
        ? fetched(input, init)
        : Promise.reject(new TypeError("the app has crashed"));
    };
    XMLHttpRequest.prototype.send = refuse;
    navigator.sendBeacon = () => false;
    overlay({
      zh: ["这一页出了问题", again ? "正在重新打开，购物车里的东西都还在。" : "购物车里的东西都还在。"],
      en: ["This page ran into a problem", again ? "Opening it again. Your cart is safe." : "Your cart is safe."],
    });
    if (again) setTimeout(() => location.reload(), 2500);
  };

  // At most two reloads a minute by ourselves.
  function mayReload() {
    if (!session) return false;
    const now = Date.now();
    let times = [];
    try {
      times = JSON.parse(session.getItem("crashes") || "[]").filter((time) => now - time < 60000);
    } catch {
      // A damaged note counts as none.
    }
    if (times.length >= 2) return false;
    session.setItem("crashes", JSON.stringify([...times, now]));
    return true;
  }

  function overlay(words) {
    const chinese = root.lang.startsWith("zh");
    const [title, text] = chinese ? words.zh : words.en;
    const box = document.createElement("div");
    box.className = "crash";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-labelledby", "crash-title");
    const heading = document.createElement("h1");
    heading.id = "crash-title";
    heading.textContent = title;
    const line = document.createElement("p");
    line.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = chinese ? "重新打开" : "Open again";
    button.addEventListener("click", () => location.reload());
    box.append(heading, line, button);
    for (const child of document.body.children) child.inert = true;
    document.body.append(box);
    button.focus();
  }

  function storage(name) {
    try {
      return window[name];
    } catch {
      return null;
    }
  }
})();
