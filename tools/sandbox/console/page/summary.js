import { tint } from "./chart.js";
import { h } from "./dom.js";
import { capital, date, duration, sentence, time } from "./format.js";
import { decide, server } from "./store.js";
import { choose, ui } from "./ui.js";

/**
 * @typedef {import("../view").ModelView} ModelView
 * @typedef {import("../view").RolloutView} RolloutView
 * @typedef {import("../view").QuestionView} QuestionView
 */

/** What is going on, and whether somebody must act. @param {ModelView} model */
export function summary(model) {
  const { rollout } = model;
  const { tone, label, headline, detail } = story(model);
  return h(
    "section",
    { class: "card summary", "aria-labelledby": "headline", key: "summary" },
    h(
      "div",
      { class: "summary-head" },
      h(
        "div",
        { class: "story" },
        h("p", { class: "eyebrow" }, `${model.team} / ${model.model}`, h("span", { class: `pill ${tone}` }, label)),
        h("h1", { id: "headline" }, headline),
        h("p", { class: "detail" }, detail),
      ),
      shares(model),
    ),
    rollout?.question && question(model, rollout, rollout.question),
    !rollout && model.versions.every(({ share }) => share === null) && firstSteps(model),
    rollout && steps(rollout),
  );
}

/** @param {ModelView} model @returns {{ tone: string, label: string, headline: string, detail: string }} */
function story(model) {
  const { rollout } = model;
  const serving = model.versions.filter(({ share }) => (share ?? 0) > 0);
  const now = server.clock.now;
  if (!rollout) {
    return serving.length > 0
      ? {
          tone: "calm",
          label: "Serving",
          headline: `Version ${serving[0]?.version} serves`,
          detail: "No rollout has been started yet.",
        }
      : {
          tone: "calm",
          label: "Empty",
          headline: "Nothing is deployed yet",
          detail: "The endpoint is there. It answers once a version has been rolled out to it.",
        };
  }
  const { version, against, phase, actor, reason, startedAt, endedAt, hold } = rollout;
  const share = model.versions.find((each) => each.version === version)?.share ?? 0;
  const since = `Started by ${actor} ${duration(now - startedAt)} ago`;
  const ended =
    endedAt === null ? "" : `${capital(date(endedAt))}, ${time(endedAt)}, after ${duration(endedAt - startedAt)}`;
  const going = { tone: "active", label: "Rolling out" };
  switch (phase) {
    case "ask":
      return {
        tone: "asks",
        label: "Waits for you",
        headline: `Version ${version} waits for your decision at ${share}\u00a0%`,
        detail: since,
      };
    case "held":
      return {
        tone: "asks",
        label: "On hold",
        headline: `The rollout of version ${version} is on hold`,
        detail: `${sentence(reason)}. Start the same version again to go on from here.`,
      };
    case "rollback":
    case "clean":
      return {
        tone: "bad",
        label: "Rolling back",
        headline: `Version ${version} is being rolled back`,
        detail: sentence(reason),
      };
    case "rolled-back":
      return {
        tone: "bad",
        label: "Rolled back",
        headline: `Version ${version} was rolled back`,
        detail: `${sentence(reason)}. ${ended}.`,
      };
    case "done":
      return {
        tone: "good",
        label: "Done",
        headline: `Version ${version} serves all traffic`,
        detail: `${reason ? `${sentence(reason)}. ` : ""}${against ? `It replaced version ${against}` : "It is the first of this endpoint"}. ${ended}.`,
      };
    case "deploy":
      return {
        ...going,
        headline: `Version ${version} is being deployed`,
        detail: `${since}. It gets no traffic before its replicas are up.`,
      };
    case "ready":
      return {
        ...going,
        headline: `Version ${version} is getting ready`,
        detail: `${since}. It gets traffic as soon as its replicas are up.`,
      };
    case "bake":
      return {
        ...going,
        headline: `Version ${version} serves ${share}\u00a0% and is proving itself`,
        detail: `${since}. Version ${against} stays warm for ${duration((hold?.to ?? now) - now)} more.`,
      };
    case "watch":
      return {
        ...going,
        headline: `Version ${version} serves ${share}\u00a0%`,
        detail: `${since}. ${nextText(rollout, now)}`,
      };
    default:
      return { ...going, headline: `Version ${version} takes over traffic`, detail: `${since}.` };
  }
}

/** @param {RolloutView} rollout @param {number} now */
function nextText({ hold }, now) {
  if (!hold) {
    return "";
  }
  const next = hold.nextLook > now ? `in ${duration(hold.nextLook - now)}` : "now";
  return hold.looks < hold.plannedLooks
    ? `Look ${hold.looks + 1} of ${hold.plannedLooks} ${next}.`
    : `The planned looks did not decide; another one ${next}.`;
}

/** Who serves what. @param {ModelView} model */
function shares({ versions }) {
  const deployed = versions.filter(({ share }) => share !== null);
  if (deployed.length === 0) {
    return null;
  }
  return h(
    "div",
    { class: "shares", role: "group", "aria-label": "Share of traffic now" },
    h(
      "div",
      { class: "share-bar", "aria-hidden": "true" },
      deployed.map(({ version, share }) =>
        h("span", { key: version, class: tint(version), style: { "flex-grow": String(share) } }),
      ),
    ),
    h(
      "ul",
      null,
      deployed.map(({ version, share, aliases }) =>
        h(
          "li",
          { key: version },
          h("span", { class: `swatch ${tint(version)}`, "aria-hidden": "true" }),
          h(
            "span",
            { class: "version" },
            `v${version}`,
            aliases
              .filter((alias) => alias !== "default")
              .map((alias) => h("span", { class: "tag", key: alias }, alias)),
          ),
          h("span", { class: "share number" }, `${share}\u00a0%`),
        ),
      ),
    ),
  );
}

/** @param {ModelView} model @param {RolloutView} rollout @param {QuestionView} asked */
function question(model, rollout, asked) {
  const left = asked.expiresAt - server.clock.now;
  const answer = (/** @type {"approve" | "rollback"} */ decision) => async () => {
    choose({ deciding: decision, problem: "" });
    const problem = await decide(model.key, rollout.id, decision);
    choose({ deciding: null, problem });
  };
  const after = asked.onExpired === "rollback" ? "then it rolls back" : "then it stays on hold";
  const title = asked.asksFor.startsWith("whether") ? `Decide ${asked.asksFor}` : `Approve ${asked.asksFor}`;
  return h(
    "div",
    { class: "question", role: "group", "aria-labelledby": "question" },
    h(
      "div",
      null,
      h("h2", { id: "question" }, title),
      asked.reason !== "" && h("p", null, `${sentence(asked.reason)}.`),
      h(
        "p",
        { class: "detail" },
        left > 0
          ? `An answer is awaited for ${duration(left)} more, ${after}.`
          : `The time for an answer is over, ${after}.`,
        asked.approvers.length > 0 && ` Approvers: ${asked.approvers.join(", ")}.`,
      ),
      ui.problem !== "" && h("p", { class: "problem", role: "alert" }, capital(ui.problem)),
    ),
    h(
      "div",
      { class: "actions" },
      h(
        "button",
        { class: "danger", disabled: !asked.isOpen || ui.deciding !== null, onclick: answer("rollback") },
        "Roll back",
      ),
      h(
        "button",
        { class: "primary", disabled: !asked.isOpen || ui.deciding !== null, onclick: answer("approve") },
        "Approve",
      ),
    ),
  );
}

/** @param {ModelView} model */
function firstSteps({ key }) {
  return h(
    "div",
    { class: "empty" },
    h("p", null, "Watch a good version win and a bad one be taken back, in a sandbox of its own:"),
    command("npx mlp demo"),
    h("p", null, "Or have a version trained, and roll it out once it has passed the gates:"),
    command(`npx mlp sandbox train ${key}`),
    command(`npx mlp rollout start ${key}`),
  );
}

/** A command to type, with a button that copies it. @param {string} text */
export function command(text) {
  return h(
    "div",
    { class: "command", key: text },
    h("code", null, text),
    h(
      "button",
      { class: "quiet", "aria-label": `Copy ${text}`, onclick: () => void navigator.clipboard?.writeText(text) },
      "Copy",
    ),
  );
}

const stepWords = { done: "done", current: "under way", failed: "failed", ahead: "to come" };

/** @param {RolloutView} rollout */
function steps({ steps: all, hold, question }) {
  const now = server.clock.now;
  const part = hold ? Math.min(1, Math.max(0, (now - hold.from) / Math.max(1, hold.to - hold.from))) : 0;
  return h(
    "ol",
    { class: "steps", "aria-label": "Stages of the rollout" },
    all.map(({ name, note, state }, index) =>
      h(
        "li",
        { key: index, class: state, "aria-current": state === "current" ? "step" : undefined },
        h(
          "span",
          { class: "track", "aria-hidden": "true" },
          h("span", {
            style: { transform: `scaleX(${state === "done" ? 1 : state === "current" ? part.toFixed(4) : 0})` },
          }),
        ),
        h(
          "span",
          { class: "step-name" },
          h("span", { class: "bullet", "aria-hidden": "true" }),
          name,
          h("span", { class: "hidden" }, `, ${stepWords[state]}`),
        ),
        h(
          "span",
          { class: "step-note" },
          state !== "current" ? note : question ? "waits for you" : hold ? `${duration(hold.to - now)} left` : note,
        ),
      ),
    ),
  );
}
