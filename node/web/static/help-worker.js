"use strict";
// Answers for the pages of help when there is no connection: with a copy that was made as somebody
// who is not signed in. It touches no other page, and never answers while the node itself does.
const NAME = "kith-help";
const OURS = (url) => url.origin === location.origin && (url.pathname === "/help" || url.pathname.startsWith("/help/") || url.pathname.startsWith("/static/"));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const wanted = (event.data && event.data.keep) || [];
  event.waitUntil((async () => {
    const kept = await caches.open(NAME);
    for (const one of wanted) {
      const url = new URL(one, location.origin);
      if (!OURS(url)) continue;
      try {
        const answer = await fetch(url, { credentials: "omit", redirect: "error" });
        if (answer.ok) await kept.put(url.href, answer);
      } catch { /* later, when there is a connection */ }
    }
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !OURS(url)) return;
  event.respondWith(fetch(event.request).catch(async () => {
    const kept = await caches.open(NAME);
    url.hash = "";
    const copy = (await kept.match(url.href)) || (event.request.mode === "navigate" && (await kept.match(location.origin + "/help")));
    return copy || Response.error();
  }));
});
