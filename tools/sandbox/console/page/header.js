import { h, s } from "./dom.js";
import { date, time } from "./format.js";
import { server } from "./store.js";
import { choose, chosenModel, setTheme, ui } from "./ui.js";

const connections = { connecting: "Connecting", live: "Live", lost: "Connection lost, trying again" };
const themes = /** @type {const} */ (["auto", "light", "dark"]);

/** Everything above the page: where this is, what time it is there, and how the page looks. */
export function header() {
  const { view, clock, connection } = server;
  const models = view?.models ?? [];
  return [
    h(
      "div",
      { class: "brand" },
      logo(),
      h("strong", null, "Sandbox"),
      h("span", { class: "project" }, view?.sandbox.project ?? ""),
    ),
    models.length > 1 && modelSwitch(models),
    h(
      "div",
      { class: "now" },
      clock.now > 0 &&
        h(
          "time",
          { class: "number", datetime: new Date(clock.now).toISOString() },
          `${date(clock.now)}, ${time(clock.now)}`,
        ),
      h("span", { class: "pace", title: "How fast time passes in the sandbox" }, paceText(clock.pace)),
    ),
    h(
      "div",
      { class: `connection ${connection}` },
      h("span", { class: "dot", "aria-hidden": "true" }),
      h("span", { class: "label" }, connections[connection]),
    ),
    h(
      "div",
      { class: "tools" },
      h(
        "select",
        {
          "aria-label": "Colours",
          value: ui.theme,
          onchange: (/** @type {Event} */ { target }) => setTheme(/** @type {HTMLSelectElement} */ (target).value),
        },
        themes.map((theme) =>
          h(
            "option",
            { value: theme, selected: theme === ui.theme },
            { auto: "Auto", light: "Light", dark: "Dark" }[theme],
          ),
        ),
      ),
      h(
        "button",
        {
          class: "icon",
          "aria-label": "Keyboard shortcuts",
          title: "Keyboard shortcuts (?)",
          onclick: () => choose({ help: true }),
        },
        "?",
      ),
    ),
  ];
}

/** @param {readonly import("../view").ModelView[]} models */
function modelSwitch(models) {
  const current = chosenModel(models)?.key;
  return h(
    "nav",
    { class: "models", "aria-label": "Models" },
    models.map(({ key, rollout }) =>
      h(
        "a",
        { key, href: `#/${key}`, "aria-current": key === current ? "page" : undefined },
        key.replace("/", " / "),
        rollout?.question &&
          h("span", { class: "asks", title: "Waits for you" }, h("span", { class: "hidden" }, "waits for you")),
      ),
    ),
  );
}

/** @param {number | null} pace */
function paceText(pace) {
  if (pace === null) {
    return "as fast as it can";
  }
  return pace === 0 ? "paused" : pace === 1 ? "real time" : `${Math.round(pace)}× speed`;
}

function logo() {
  return s(
    "svg",
    { class: "logo", viewBox: "0 0 32 32", "aria-hidden": "true" },
    s("rect", { width: 32, height: 32, rx: 8 }),
    s("path", { d: "M6 24h6v-5h7v-6h7" }),
    s("circle", { cx: 26, cy: 8, r: 2.5 }),
  );
}
