import { h } from "./dom.js";
import { date, duration, time } from "./format.js";
import { server } from "./store.js";
import { choose, ui } from "./ui.js";

/**
 * @typedef {import("../view").ExecutionView} ExecutionView
 */

const tones = /** @type {Record<string, string>} */ ({
  ACTIVE: "active",
  QUEUED: "active",
  SUCCEEDED: "good",
  FAILED: "bad",
  CANCELLED: "calm",
});

/** @param {readonly ExecutionView[]} executions @param {string} search */
export function executionsFound(executions, search) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return executions.filter(({ workflow, id, state, step, error }) => {
    const text = [workflow, id, state, step, error].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Executions of workflows, with what those under way are doing. @param {readonly ExecutionView[]} found @param {boolean} isEmpty */
export function executionList(found, isEmpty) {
  if (found.length === 0) {
    return h(
      "p",
      { class: "nothing" },
      isEmpty ? "Executions of workflows appear here, with the step that each is at." : "No execution fits the search.",
    );
  }
  const shown = found.slice(0, ui.shown);
  return [
    h(
      "ul",
      { class: "executions", key: "list" },
      shown.map((each) =>
        h(
          "li",
          { key: each.name },
          h(
            "p",
            { class: "what" },
            h("strong", null, each.workflow),
            h("span", { class: `pill ${tones[each.state] ?? "calm"}` }, each.state.toLowerCase()),
          ),
          h(
            "p",
            { class: "who number" },
            `${date(each.startedAt)}, ${time(each.startedAt)} · `,
            each.endedAt === null
              ? `for ${duration(server.clock.now - each.startedAt)}`
              : `took ${duration(each.endedAt - each.startedAt)}`,
            ` · ${each.id}`,
          ),
          each.step !== "" && h("p", { class: "why mono" }, each.step),
          each.error !== "" && h("p", { class: "why problem" }, each.error),
        ),
      ),
    ),
    found.length > shown.length &&
      h(
        "button",
        { class: "quiet more", key: "more", onclick: () => choose({ shown: ui.shown + 80 }) },
        `Show more (${found.length - shown.length} left)`,
      ),
  ];
}
