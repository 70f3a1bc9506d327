import { h } from "./dom.js";
import { count } from "./format.js";
import { executionList, executionsFound } from "./executions.js";
import { decisionsFound, journalList } from "./journal.js";
import { resourceList, resourcesFound } from "./resources.js";
import { choose, ui } from "./ui.js";

/**
 * @typedef {import("../view").ConsoleView} ConsoleView
 * @typedef {import("./ui.js").Tab} Tab
 */

/** What lies behind: the journal, the executions, and the stacks with their resources; one search for all of them. @param {ConsoleView} view */
export function detailsCard({ journal, executions, stacks }) {
  const decisions = decisionsFound(journal, ui.search);
  const runs = executionsFound(executions, ui.search);
  const found = resourcesFound(stacks, ui.search);
  const resources = found.reduce((sum, each) => sum + each.resources.length, 0);
  /** @type {readonly [Tab, string, number][]} */
  const tabs = [
    ["journal", "Journal", decisions.length],
    ["executions", "Executions", runs.length],
    ["resources", "Resources", resources],
  ];
  const lists = {
    journal: () => journalList(decisions, journal.length === 0),
    executions: () => executionList(runs, executions.length === 0),
    resources: () => resourceList(found, stacks.length === 0),
  };
  return h(
    "section",
    { class: "card details", "aria-label": "Journal, executions and resources", key: "details" },
    h(
      "div",
      {
        class: "tabs",
        role: "tablist",
        "aria-label": "Details",
        onkeydown: (/** @type {KeyboardEvent} */ event) =>
          moveTab(
            event,
            tabs.map(([tab]) => tab),
          ),
      },
      tabs.map(([tab, label, number]) =>
        h(
          "button",
          {
            key: tab,
            id: `tab-${tab}`,
            role: "tab",
            "aria-selected": String(ui.tab === tab),
            "aria-controls": "panel",
            tabindex: ui.tab === tab ? 0 : -1,
            onclick: () => choose({ tab, shown: 40 }),
          },
          label,
          h("span", { class: "count number" }, count(number)),
        ),
      ),
    ),
    h(
      "div",
      { class: "search" },
      h("input", {
        id: "search",
        type: "search",
        placeholder: "Search",
        "aria-label": "Search journal, executions and resources",
        autocomplete: "off",
        spellcheck: "false",
        value: ui.search,
        oninput: (/** @type {Event} */ { target }) =>
          choose({ search: /** @type {HTMLInputElement} */ (target).value, shown: 40 }),
      }),
      h("kbd", { "aria-hidden": "true" }, "/"),
    ),
    h(
      "div",
      {
        class: "panel",
        id: "panel",
        role: "tabpanel",
        "aria-labelledby": `tab-${ui.tab}`,
        tabindex: 0,
        key: `panel ${ui.tab}`,
      },
      lists[ui.tab](),
    ),
  );
}

/** @param {KeyboardEvent} event @param {Tab[]} tabs */
function moveTab(event, tabs) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by !== undefined) {
    event.preventDefault();
    const tab = /** @type {Tab} */ (tabs[(tabs.indexOf(ui.tab) + by + tabs.length) % tabs.length]);
    choose({ tab, shown: 40 });
    document.getElementById(`tab-${tab}`)?.focus();
  }
}
