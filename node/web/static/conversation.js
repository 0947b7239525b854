"use strict";
// Keeps the newest page of a conversation up to date. The stream says only that something is new;
// the page is then asked for again, and what changed is put in its place. Without this file
// everything works by loading the page again.
(() => {
  const talk = document.getElementById("talk");
  if (!talk || !talk.dataset.events || !window.EventSource) return;
  let busy = false, again = false;

  function put(fresh) {
    const wanted = new Set();
    for (const item of [...fresh.children]) {
      wanted.add(item.id);
      const old = document.getElementById(item.id);
      if (!old) talk.append(item);
      else if (old.dataset.version !== item.dataset.version) old.replaceWith(item);
    }
    const oldest = fresh.firstElementChild && document.getElementById(fresh.firstElementChild.id);
    for (const item of [...talk.children]) {
      const older = oldest && item.compareDocumentPosition(oldest) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (!wanted.has(item.id) && !older) item.remove();
    }
    const quiet = document.getElementById("quiet");
    if (quiet && talk.children.length) quiet.remove();
  }

  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (answer.status === 404) { stream.close(); return; }
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("talk"), seen = page.getElementById("seen");
      const atEnd = innerHeight + scrollY >= talk.getBoundingClientRect().bottom + scrollY;
      if (fresh && !talk.contains(document.activeElement)) put(fresh);
      else again = Boolean(fresh);
      if (seen) document.getElementById("seen").textContent = seen.textContent;
      const last = talk.lastElementChild;
      if (atEnd && last && document.activeElement === document.body) last.scrollIntoView({ block: "nearest" });
    } catch { /* The next word of the stream tries again. */ } finally {
      busy = false;
    }
    if (again && !talk.contains(document.activeElement)) { again = false; refresh(); }
  }

  const stream = new EventSource(talk.dataset.events);
  stream.addEventListener("open", refresh);
  stream.addEventListener("news", refresh);
  talk.addEventListener("focusout", () => { if (again) { again = false; refresh(); } });
})();
