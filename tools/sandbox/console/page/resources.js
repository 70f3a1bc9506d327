import { h } from "./dom.js";
import { count } from "./format.js";
import { command } from "./summary.js";
import { readResource } from "./store.js";
import { choose, ui } from "./ui.js";

/**
 * @typedef {import("../view").StackView} StackView
 */

/** Stacks with those of their resources that hold every word of the search. @param {readonly StackView[]} stacks @param {string} search */
export function resourcesFound(stacks, search) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return stacks
    .map(({ stack, resources }) => ({
      stack,
      resources: resources.filter(({ address, id }) =>
        wanted.every((word) => `${stack} ${address} ${id}`.toLowerCase().includes(word)),
      ),
    }))
    .filter(({ resources }) => resources.length > 0);
}

/** Stacks and the resources behind them. @param {readonly StackView[]} found @param {boolean} isEmpty */
export function resourceList(found, isEmpty) {
  if (found.length === 0) {
    return isEmpty
      ? [
          h("p", { class: "nothing", key: "none" }, "Nothing is deployed. Deploy every stack to the sandbox:"),
          command("npx mlp sandbox up"),
        ]
      : h("p", { class: "nothing" }, "No resource fits the search.");
  }
  const open = ui.search !== "";
  return h(
    "div",
    { class: "stacks" },
    found.map(({ stack, resources }) => {
      const isOpen = open || ui.stacks.has(stack);
      return h(
        "div",
        { class: "stack", key: stack },
        h(
          "h3",
          null,
          h(
            "button",
            { "aria-expanded": String(isOpen), onclick: () => toggle(stack) },
            h("span", { class: "caret", "aria-hidden": "true" }),
            h("span", { class: "name" }, stack),
            h("span", { class: "count number" }, count(resources.length)),
          ),
        ),
        isOpen &&
          h(
            "ul",
            null,
            resources.map((each) => h("li", { key: each.address }, resource(stack, each))),
          ),
      );
    }),
  );
}

/** @param {string} stack */
function toggle(stack) {
  const stacks = new Set(ui.stacks);
  if (!stacks.delete(stack)) {
    stacks.add(stack);
  }
  choose({ stacks });
}

/** @param {string} stack @param {StackView["resources"][number]} each */
function resource(stack, { address, type, id }) {
  const isOpen = ui.resource?.stack === stack && ui.resource.address === address;
  const show = async () => {
    if (isOpen) {
      choose({ resource: null });
      return;
    }
    choose({ resource: { stack, address, text: "Reading…" } });
    const text = await readResource(stack, address);
    if (ui.resource?.stack === stack && ui.resource.address === address) {
      choose({ resource: { stack, address, text } });
    }
  };
  return [
    h(
      "button",
      { key: "head", class: "resource", "aria-expanded": String(isOpen), onclick: () => void show() },
      h("span", { class: "type" }, type.replace(/^google_/, "").replaceAll("_", " ")),
      h("span", { class: "name" }, address.slice(type.length + 1)),
      h("span", { class: "id mono" }, id),
    ),
    isOpen &&
      h(
        "pre",
        { key: "values", class: "output values", tabindex: 0, "aria-label": `Values of ${address}` },
        ui.resource?.text ?? "",
      ),
  ];
}
