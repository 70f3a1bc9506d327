import { sentence } from "./format.js";
import { verdictName } from "./verdicts.js";

/**
 * @typedef {import("../view").ModelView} ModelView
 */

const live = /** @type {Element} */ (document.getElementById("live"));

/** What was said last of each model. @type {Map<string, string>} */
const said = new Map();

/** Tells those who listen what has happened: a new verdict, a question, an end. What was there when the page was opened is no news. @param {ModelView} model */
export function announce(model) {
  const look = model.looks.at(-1);
  const { rollout } = model;
  const verdict = look
    ? `Look at version ${look.version} with ${look.share} percent: ${verdictName(look.verdict)}. ${sentence(look.reason)}.`
    : "";
  const state = rollout?.question
    ? `The rollout of version ${rollout.version} waits for your decision.`
    : phases(rollout);
  for (const [kind, text, id] of [
    ["verdict", verdict, look?.id ?? ""],
    ["state", state, `${rollout?.id ?? ""} ${state}`],
  ]) {
    const key = `${model.key} ${kind}`;
    if (said.has(key) && said.get(key) !== id && text) {
      live.textContent = String(text);
    }
    said.set(key, String(id));
  }
}

/** @param {ModelView["rollout"]} rollout */
function phases(rollout) {
  switch (rollout?.phase) {
    case "done":
      return `Version ${rollout.version} serves all traffic.`;
    case "rolled-back":
      return `Version ${rollout.version} was rolled back. ${sentence(rollout.reason)}.`;
    case "held":
      return `The rollout of version ${rollout.version} is on hold. ${sentence(rollout.reason)}.`;
    default:
      return "";
  }
}
