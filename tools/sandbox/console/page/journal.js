import { tint } from "./chart.js";
import { h } from "./dom.js";
import { capital, date, sentence, time, words } from "./format.js";
import { choose, ui } from "./ui.js";
import { verdictChip } from "./verdicts.js";

/**
 * @typedef {import("../view").DecisionView} DecisionView
 */

/** Decisions that hold every word of the search. @param {readonly DecisionView[]} journal @param {string} search */
export function decisionsFound(journal, search) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return journal.filter((row) => {
    const text = [
      row.team,
      row.model,
      `v${row.version}`,
      row.action,
      row.verdict,
      row.reason,
      row.actor,
      row.phase,
      row.workflow,
      row.rollout,
    ]
      .join(" ")
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** What was decided, when, by whom and why. @param {readonly DecisionView[]} found @param {boolean} isEmpty */
export function journalList(found, isEmpty) {
  if (found.length === 0) {
    return h(
      "p",
      { class: "nothing" },
      isEmpty
        ? "Every decision about versions and traffic is written down here, as in BigQuery."
        : "No decision fits the search.",
    );
  }
  const shown = found.slice(0, ui.shown);
  return [
    h(
      "ol",
      { class: "timeline", key: "list" },
      shown.map((row, index) => [dayLine(row, shown[index - 1]), decision(row)]),
    ),
    found.length > shown.length &&
      h(
        "button",
        { class: "quiet more", key: "more", onclick: () => choose({ shown: ui.shown + 80 }) },
        `Show more (${found.length - shown.length} left)`,
      ),
  ];
}

/** @param {DecisionView} row @param {DecisionView | undefined} before */
function dayLine(row, before) {
  const day = date(row.at);
  return before && date(before.at) === day ? null : h("li", { class: "day", key: `day ${day}` }, day);
}

/** @param {DecisionView} row */
function decision(row) {
  const isMove = row.splitAfter !== null && (row.action === "shift" || row.action === "rollback");
  return h(
    "li",
    { key: row.id, class: isMove ? "move" : undefined },
    h("time", { class: "number", datetime: new Date(row.at).toISOString() }, time(row.at)),
    h("span", { class: "knot", "aria-hidden": "true" }),
    h(
      "div",
      null,
      h(
        "p",
        { class: "what" },
        h("strong", null, capital(words(row.action))),
        h("span", { class: "about" }, row.version === "" ? row.model : `${row.model} v${row.version}`),
        row.verdict !== null && verdictChip(row.verdict),
      ),
      isMove && row.splitAfter && splitText(row.splitAfter),
      row.reason !== "" && h("p", { class: "why" }, sentence(row.reason)),
      h("p", { class: "who" }, `${row.actor} · ${row.workflow}`),
    ),
  );
}

/** @param {Readonly<Record<string, number>>} shares */
function splitText(shares) {
  const parts = Object.entries(shares).sort(([a], [b]) => Number(a) - Number(b));
  return h(
    "p",
    { class: "now-split number" },
    parts.map(([version, share]) =>
      h(
        "span",
        { class: "reading", key: version },
        h("span", { class: `swatch ${tint(version)}` }),
        `v${version} ${share}\u00a0%`,
      ),
    ),
  );
}
