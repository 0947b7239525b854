"use strict";
// Keeps a copy of somebody's own plan in this browser, only where they ticked so themselves, and
// takes it away where they did not. The copy stands alone: it runs no script and asks nobody for
// anything. Without this file the page works, and nothing is kept.
(() => {
  const box = document.getElementById("kept-here");
  if (!("serviceWorker" in navigator) || !window.caches) return;
  const NAME = "kith-plan";
  const HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
  };

  async function keep() {
    await navigator.serviceWorker.register("/help/worker.js", { scope: "/plan" });
    const answer = await fetch("/plan/file", { cache: "no-store", redirect: "error" });
    if (!answer.ok) return;
    const kept = await caches.open(NAME);
    await kept.put(location.origin + "/plan", new Response(await answer.text(), { headers: HEADERS }));
  }

  async function forget() {
    await caches.delete(NAME);
    for (const one of await navigator.serviceWorker.getRegistrations()) {
      if (one.scope.endsWith("/plan")) await one.unregister();
    }
  }

  if (box) box.hidden = false;
  if (box && box.dataset.kept === "yes") keep().catch(() => {});
  else forget().catch(() => {});
})();
