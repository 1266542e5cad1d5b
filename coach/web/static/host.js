// The CRM around the frame, where it wants to be spoken to. Each answers to a few messages, which its own kit sends, too;
// none is loaded from elsewhere. Nothing of the card is in any message.

import { Failure } from "./answers.js";
import { texts } from "./texts.js";

const WAIT_MS = 10_000;
const asked = new URLSearchParams(location.search);

/**
 * What stands around a card of `crm`: `record()` is the deal that it shows, where the address does not say, and
 * `shown()` is to be called each time the page has become higher or lower.
 */
export function hostOf(crm) {
  if (crm === "pipedrive" && asked.has("id")) return pipedrive(asked.get("id"));
  if (crm === "zendesk" && asked.has("origin") && asked.has("app_guid")) return zendesk(asked.get("origin"), asked.get("app_guid"));
  return { record: unknown, shown: () => {} };
}

// As github.com/pipedrive/app-extensions-sdk sends: a panel that has not said hello within ten seconds is hidden.
function pipedrive(id) {
  const LOWEST = 100;
  const HIGHEST = 750;
  const say = (command, args) => {
    const { port2 } = new MessageChannel();
    parent.postMessage({ payload: { command, args, type: "command" }, id }, "*", [port2]);
  };
  const size = () => ({ height: Math.min(HIGHEST, Math.max(LOWEST, document.body.scrollHeight)) });
  document.documentElement.style.colorScheme = asked.get("theme") ?? "";
  say("initialize", { size: size() });
  return { record: unknown, shown: () => say("resize", size()) };
}

// As github.com/zendesk/zendesk_app_framework_sdk sends: a handshake, and then one question.
function zendesk(origin, guid) {
  const QUESTION = 1;
  const WANTED = "deal.id";
  const say = (message) => parent.postMessage(JSON.stringify({ ...message, appGuid: guid, instanceGuid: guid }), origin);
  const greet = () => say({ key: "iframe.handshake", message: { version: "2.0.0" } });
  const ask = () => say({ id: QUESTION, request: "get", params: [WANTED] });
  let isRegistered = false;
  // Who waits for the deal; where the proof was refused, nobody does.
  let waiting = null;
  const record = () =>
    new Promise((resolve, reject) => {
      const isFirst = waiting === null;
      waiting = (deal) => (deal ? resolve(encodeURIComponent(deal)) : reject(new Failure(texts.card.noDeal)));
      setTimeout(waiting, WAIT_MS);
      if (isRegistered) ask();
      else if (!isFirst) greet();
    });
  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== parent || from !== origin) return;
    const said = parsed(data);
    if (said.key === "zaf.app.registered") {
      isRegistered = true;
      resize();
      if (waiting) ask();
    }
    if (said.id === QUESTION) waiting?.(said.result?.[WANTED]);
  });
  const resize = () => {
    const size = { width: "100%", height: `${document.body.scrollHeight}px` };
    if (isRegistered) say({ id: QUESTION + 1, request: "invoke", params: { resize: [size] } });
  };
  greet();
  return { record, shown: resize };
}

function parsed(data) {
  try {
    return (typeof data === "string" ? JSON.parse(data) : data) ?? {};
  } catch {
    return {};
  }
}

async function unknown() {
  throw new Failure(texts.card.noDeal);
}
