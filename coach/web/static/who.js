// Who is signed in, and the way out; where nobody has to sign in, nothing is shown.

import { texts } from "./texts.js";

export async function showWho() {
  const answer = await fetch("v1/me", { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const me = await answer.json();
  if (me.id === "local") return;
  if (me.role === "rep") document.querySelector('.pages [href="mine"]').hidden = false;
  const form = document.createElement("form");
  form.className = "who";
  form.method = "post";
  form.action = "auth/out";
  const name = document.createElement("span");
  name.textContent = me.person ?? texts.who[me.role];
  const out = document.createElement("button");
  out.className = "quiet";
  out.textContent = texts.who.out;
  form.append(name, out);
  document.querySelector(".top").append(form);
}
