/**
 * @typedef {import("../view").ModelView} ModelView
 * @typedef {import("../view").LookView} LookView
 * @typedef {"journal" | "executions" | "resources"} Tab
 */

/** What the person at the page chose. */
export const ui = {
  /** @type {string | null} */ model: null,
  /** @type {"rollout" | "all"} */ range: "rollout",
  /** The look whose numbers are shown; null follows the latest. @type {string | null} */
  look: null,
  /** Time under the pointer. @type {number | null} */
  cursor: null,
  /** @type {Tab} */ tab: "journal",
  search: "",
  shown: 40,
  /** @type {{ stack: string, address: string, text: string } | null} */ resource: null,
  /** @type {Set<string>} */ stacks: new Set(),
  help: false,
  /** @type {"approve" | "rollback" | null} */ deciding: null,
  problem: "",
  theme: localStorage.getItem("theme") ?? "auto",
};

let redraw = () => {};

/** @param {() => void} draw */
export function onChange(draw) {
  redraw = draw;
}

/** Takes a choice and shows the page anew. @param {Partial<typeof ui>} choice */
export function choose(choice) {
  Object.assign(ui, choice);
  redraw();
}

/** The model that is shown. @param {readonly ModelView[]} models */
export const chosenModel = (models) => models.find(({ key }) => key === ui.model) ?? models[0];

/** Looks within the time that is shown. @param {ModelView} model */
export function looksShown({ looks, rollout }) {
  return ui.range === "all" || !rollout ? looks : looks.filter((look) => look.rollout === rollout.id);
}

/** @param {ModelView} model @returns {LookView | undefined} */
export function chosenLook(model) {
  const looks = looksShown(model);
  return looks.find(({ id }) => id === ui.look) ?? looks.at(-1);
}

/** Goes to the look before or after. @param {ModelView} model @param {number} by */
export function stepLook(model, by) {
  const looks = looksShown(model);
  const index = looks.findIndex(({ id }) => id === chosenLook(model)?.id) + by;
  const look = looks[Math.min(looks.length - 1, Math.max(0, index))];
  if (look) {
    choose({ look: look === looks.at(-1) ? null : look.id });
  }
}

/** @param {string} theme */
export function setTheme(theme) {
  localStorage.setItem("theme", theme);
  applyTheme(theme);
  choose({ theme });
}

/** @param {string} theme */
export function applyTheme(theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
}
