// What an app in JavaScript does with masto 8: listen over a WebSocket, and ask for push.
// Arguments: origin, own token, a friend's token, push endpoint, p256dh, auth.
// Prints one JSON line for each thing that came, in the order of the steps.
import { createRestAPIClient, createStreamingAPIClient } from "masto";
import WebSocket from "ws";

// The library uses these two of newer engines; Debian's Node.js has not got them yet.
globalThis.WebSocket ??= WebSocket;
Promise.withResolvers ??= () => {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};

const [origin, token, friendToken, endpoint, p256dh, auth] = process.argv.slice(2);
const rest = createRestAPIClient({ url: origin, accessToken: token });
const friend = createRestAPIClient({ url: origin, accessToken: friendToken });
const say = (step, value) => console.log(JSON.stringify({ step, value }));

const instance = await rest.v2.instance.fetch();
const me = await rest.v1.accounts.verifyCredentials();
const streaming = createStreamingAPIClient({
  streamingApiUrl: instance.configuration.urls.streaming,
  accessToken: token,
  implementation: WebSocket,
});
const user = streaming.user.subscribe();
const tag = streaming.hashtag.subscribe({ tag: "kindness" });

// The library subscribes when it is first asked for an event.
const next = async (events, wanted) => {
  for (;;) {
    const { value } = await events.next();
    if (wanted(value)) return value;
  }
};
const mine = user.values();
const tagged = tag.values();

let id;
const update = next(mine, (one) => one.event === "update" && one.payload.id === id);
const hashed = next(tagged, (one) => one.event === "update");
await streaming.prepare?.();
await new Promise((resolve) => setTimeout(resolve, 1000));

const status = await rest.v1.statuses.create({ status: "A small #kindness today", visibility: "public" });
id = status.id;
say("update", (await update).payload.id === id);
say("hashtag", (await hashed).payload.id === id);

await rest.v1.statuses.$select(id).update({ status: "A great #kindness today" });
const edited = await next(mine, (one) => one.event === "status.update");
say("status.update", edited.payload.content.includes("great"));

await friend.v1.statuses.create({ status: `@${me.username} well done`, inReplyToId: id });
const told = await next(mine, (one) => one.event === "notification");
say("notification", told.payload.type);

await rest.v1.statuses.$select(id).remove();
const gone = await next(mine, (one) => one.event === "delete");
say("delete", gone.payload === id);
user.unsubscribe();
tag.unsubscribe();
streaming.close();

const subscription = await rest.v1.push.subscription.create({
  subscription: { endpoint, keys: { p256dh, auth } },
  data: { alerts: { mention: true } },
  policy: "all",
});
say("push created", subscription.endpoint === endpoint && subscription.alerts.mention);
say("push key", subscription.serverKey === instance.configuration.vapid.publicKey);
await friend.v1.statuses.create({ status: `@${me.username} are you there?` });
say("push asked", true);

process.stdin.once("data", async () => {
  await rest.v1.push.subscription.remove();
  const left = await rest.v1.push.subscription.fetch().catch((error) => error.statusCode);
  say("push removed", left);
  process.exit(0);
});
