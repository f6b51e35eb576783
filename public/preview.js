// The shop as staff sees it in a preview: at a moment, as somebody of a kind. The server puts this before every other
// script of the page, and only where the address carries a preview's word (rules.md 3.9). Every request carries the word
// on, every address keeps it, and what the shop keeps in this browser stays untouched.
(() => {
  "use strict";
  const word = new URLSearchParams(location.search).get("preview");
  const chosen = /(?:^|; )lang=([^;]+)/.exec(document.cookie);
  const chinese = !/^en/i.test(chosen ? chosen[1] : navigator.language);

  // ---- what the browser holds is the shopper's that staff also is: a preview begins without and leaves nothing ---
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: inMemory(name), configurable: false });
  }
  Object.defineProperty(navigator, "serviceWorker", { value: undefined });
  navigator.sendBeacon = () => false;

  // ---- every request carries the word, and every answer says which moment it is of ------------------------------
  const ask = window.fetch;
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin || !pathname.startsWith("/api/")) return ask(request);
    request.headers.set("Jishi-Preview", word);
    const answer = await ask(request);
    const asOf = answer.headers.get("Jishi-Preview-As-Of");
    say(asOf ? moment(Number(asOf)) : over());
    return answer;
  };

  // ---- every address keeps it: a page that is loaded anew is of the same preview ---------------------------------
  for (const step of ["pushState", "replaceState"]) {
    const go = history[step].bind(history);
    history[step] = (state, title, address) => go(state, title, address == null ? address : kept(address));
  }

  function kept(address) {
    const url = new URL(address, location.href);
    if (url.origin === location.origin) url.searchParams.set("preview", word);
    return url.href;
  }

  // ---- on top, always: what one looks at, and that nothing is bought -------------------------------------------
  const bar = document.createElement("div");
  bar.className = "preview-bar";
  bar.setAttribute("role", "status");
  say(chinese ? "预览" : "Preview");
  if (document.body) document.body.prepend(bar);
  else addEventListener("DOMContentLoaded", () => document.body.prepend(bar));

  function say(words) {
    if (bar.textContent !== words) bar.textContent = words;
  }

  function moment(ms) {
    const look = { month: chinese ? "long" : "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const when = new Intl.DateTimeFormat(chinese ? "zh-CN" : "en-GB", look).format(ms);
    return chinese ? `预览 ${when} · 不会下单` : `Preview ${when} · no orders`;
  }

  function over() {
    return chinese ? "预览已结束，请在工作台重新生成" : "This preview is over: make a new one in the studio";
  }

  /** Holds what is put in as long as the page is there; begins with how the shop looks to whoever uses this browser. */
  function inMemory(name) {
    const held = new Map();
    try {
      const theme = window[name].getItem("theme");
      if (theme) held.set("theme", theme);
    } catch {
      // A browser that keeps nothing.
    }
    return {
      getItem: (key) => held.get(String(key)) ?? null,
      setItem: (key, value) => void held.set(String(key), String(value)),
      removeItem: (key) => void held.delete(String(key)),
      clear: () => held.clear(),
      key: (at) => [...held.keys()][at] ?? null,
      get length() {
        return held.size;
      },
    };
  }
})();
