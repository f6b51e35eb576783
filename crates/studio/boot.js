// Runs before the studio: the chosen theme, the Trusted Types policy, and what staff sees when the page cannot
// start or has crashed. Plain JavaScript, because it must work when WebAssembly does not.
(() => {
  "use strict";
  const root = document.documentElement;
  const theme = stored("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  // The player of live rooms is a module of plain JavaScript.
  window.jishiModule = (address) => import(address);

  // ---- Trusted Types: the page builds its static markup from its own literals and runs no other script --------
  const ACTIVE = /<\s*(script|iframe|object|embed|base|meta|link|style)\b|\son\w+\s*=|javascript:|srcdoc\s*=/i;
  if (window.trustedTypes) {
    trustedTypes.createPolicy("default", {
      createHTML(html) {
        if (ACTIVE.test(html)) throw new TypeError("markup that could run code was refused");
        return html;
      },
    });
  }

  // ---- it cannot start, or has crashed: nothing half-done goes on ---------------------------------------------
  let started = false;
  addEventListener("TrunkApplicationStarted", () => (started = true));
  addEventListener("error", ({ target }) => !started && target instanceof HTMLScriptElement && over(), true);
  addEventListener("unhandledrejection", () => !started && over());
  window.jishiCrash = () => {
    window.fetch = () => Promise.reject(new TypeError("the page has crashed"));
    over();
  };

  function over() {
    if (document.querySelector(".crash")) return;
    const chinese = root.lang.startsWith("zh");
    const box = document.createElement("div");
    box.className = "crash";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-labelledby", "crash-title");
    const title = document.createElement("h1");
    title.id = "crash-title";
    title.textContent = chinese ? "工作台出了问题" : "The studio ran into a problem";
    const text = document.createElement("p");
    text.textContent = chinese ? "直播不受影响，重新打开就好。" : "What is on air goes on. Open it again.";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = chinese ? "重新打开" : "Open again";
    button.addEventListener("click", () => location.reload());
    box.append(title, text, button);
    for (const child of document.body.children) child.inert = true;
    document.body.append(box);
    button.focus();
  }

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }
})();
