"use strict";
// Answers for the pages of help when there is no connection: with a copy that was made as somebody
// who is not signed in; and for somebody's own plan, where they ticked that this browser keeps it
// (plan.js). It touches no other page, and never answers while the node itself does.
const NAME = "kith-help";
const PLAN = "kith-plan";
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

// What the node says; undefined where it is not there, or only a gateway before it is.
async function fromNode(request) {
  try {
    const answer = await fetch(request);
    return answer.status < 502 ? answer : undefined;
  } catch {
    return undefined;
  }
}

async function plan(request) {
  const answer = await fromNode(request);
  if (!answer) return (await caches.match(location.origin + "/plan", { cacheName: PLAN })) || Response.error();
  if (answer.type === "opaqueredirect") await caches.delete(PLAN); // nobody is signed in here now
  return answer;
}

async function help(request, url) {
  const answer = await fromNode(request);
  if (answer) return answer;
  const kept = await caches.open(NAME);
  url.hash = "";
  const copy = (await kept.match(url.href)) || (request.mode === "navigate" && (await kept.match(location.origin + "/help")));
  return copy || Response.error();
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.mode === "navigate" && event.request.method === "GET" && url.origin === location.origin && url.pathname === "/plan") {
    event.respondWith(plan(event.request));
    return;
  }
  if (event.request.method !== "GET" || !OURS(url)) return;
  event.respondWith(help(event.request, url));
});
