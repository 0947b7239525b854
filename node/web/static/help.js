"use strict";
// Keeps the pages of help in this browser, for when there is no connection; and forgets them again
// when asked to. They are fetched as somebody who is not signed in, so nothing of a person is in
// them. Without this file the pages work as all others do.
(() => {
  const box = document.getElementById("offline");
  const plan = document.getElementById("kept-plan");
  if (!("serviceWorker" in navigator) || !window.caches) return;
  const KEY = "kith-help-no";
  const keeps = () => { try { return !localStorage.getItem(KEY); } catch { return true; } };
  const remember = (no) => { try { no ? localStorage.setItem(KEY, "1") : localStorage.removeItem(KEY); } catch { /* private windows forget */ } };

  function show() {
    if (!box) return;
    for (const one of box.querySelectorAll("[data-kept]")) one.hidden = !keeps();
    for (const one of box.querySelectorAll("[data-gone]")) one.hidden = keeps();
    box.hidden = false;
  }

  async function keep() {
    const pages = ["/help", "/help/steps", location.pathname];
    for (const link of document.querySelectorAll('a[href^="/help/card/"]')) pages.push(link.getAttribute("href"));
    const parts = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"], script[src]')].map((one) => one.href || one.src);
    const registered = await navigator.serviceWorker.register("/help/worker.js", { scope: "/help" });
    await new Promise((done) => {
      const at = registered.active;
      if (at) return done();
      const next = registered.installing || registered.waiting;
      next.addEventListener("statechange", () => { if (next.state === "activated") done(); });
    });
    registered.active.postMessage({ keep: [...pages, ...parts] });
  }

  async function forget() {
    await caches.delete("kith-help");
    for (const one of await navigator.serviceWorker.getRegistrations()) {
      if (one.scope.endsWith("/help")) await one.unregister();
    }
  }

  // Whoever ticked that their plan is kept here (plan.js) finds the way to it without a connection.
  if (plan) caches.has("kith-plan").then((has) => { plan.hidden = !has; }, () => {});
  if (keeps()) keep().then(show, () => {});
  else show();
  document.getElementById("offline-forget")?.addEventListener("click", () => { remember(true); forget().then(show, show); });
  document.getElementById("offline-keep")?.addEventListener("click", () => { remember(false); keep().then(show, show); });
})();
