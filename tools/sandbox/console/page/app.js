import { detailsCard } from "./details.js";
import { h, render } from "./dom.js";
import { header } from "./header.js";
import { help } from "./help.js";
import { metricCards } from "./metrics.js";
import { announce } from "./live.js";
import { splitCard } from "./split.js";
import { follow, server } from "./store.js";
import { command, summary } from "./summary.js";
import { applyTheme, choose, chosenModel, onChange, stepLook, ui } from "./ui.js";
import { verdictCard } from "./verdict.js";

const top = /** @type {Element} */ (document.getElementById("top"));
const main = /** @type {Element} */ (document.getElementById("main"));
const dialogs = /** @type {Element} */ (document.getElementById("dialogs"));

/** Widths of charts, by what they show; known once they are on the page. */
const widths = { split: 720, metric: 320 };
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const name = /** @type {"split" | "metric"} */ (/** @type {HTMLElement} */ (target).dataset["measure"]);
    widths[name] = Math.max(200, Math.floor(contentRect.width));
  }
  draw();
});

let isDrawing = false;

function draw() {
  if (!isDrawing) {
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      drawNow();
    });
  }
}

function drawNow() {
  const { view } = server;
  render(top, ...header());
  render(main, view ? page(view) : h("p", { class: "nothing waiting" }, "Waiting for the sandbox…"));
  render(dialogs, help());
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("help"));
  if (dialog && !dialog.open) {
    dialog.showModal();
  }
  main.querySelectorAll(".measure").forEach((element) => sizes.observe(element));
  const model = view && chosenModel(view.models);
  document.title = model?.rollout?.question
    ? `(!) ${model.model} waits for you`
    : `${model?.model ?? "Sandbox"} · console`;
  if (model) {
    announce(model);
  }
}

/** @param {import("./store.js").ConsoleView} view */
function page(view) {
  const model = chosenModel(view.models);
  return [
    h(
      "div",
      { class: "column wide", key: "wide" },
      model
        ? [summary(model), isBlank(model) ? null : [splitCard(model, widths.split), metricCards(model, widths.metric)]]
        : noModel(),
    ),
    h("div", { class: "column", key: "side" }, model && !isBlank(model) && verdictCard(model), detailsCard(view)),
  ];
}

/** Nothing has ever happened: empty charts would say nothing. @param {import("./ui.js").ModelView} model */
const isBlank = ({ rollout, split, metrics }) => !rollout && split.length === 0 && metrics.length === 0;

function noModel() {
  return h(
    "section",
    { class: "card summary", "aria-labelledby": "headline", key: "summary" },
    h(
      "div",
      { class: "story" },
      h("p", { class: "eyebrow" }, "Sandbox"),
      h("h1", { id: "headline" }, "No model is declared here yet"),
      h(
        "p",
        { class: "detail" },
        "Models come from team.yaml: deploy the stacks, and each appears with its endpoint and its rollout policy.",
      ),
    ),
    h("div", { class: "empty" }, command("npx mlp sandbox up")),
  );
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const search = /** @type {HTMLInputElement | null} */ (document.getElementById("search"));
  if (event.key === "Escape" && target === search) {
    choose({ search: "" });
    search.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) {
    return;
  }
  const model = server.view && chosenModel(server.view.models);
  if (event.key === "/") {
    event.preventDefault();
    search?.focus();
    search?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "?") {
    choose({ help: !ui.help });
  } else if (model && event.key === "j") {
    stepLook(model, 1);
  } else if (model && event.key === "k") {
    stepLook(model, -1);
  } else if (event.key === "a") {
    choose({ range: ui.range === "all" ? "rollout" : "all", look: null });
  }
}

function readAddress() {
  const [, key] = /^#\/(.+)$/.exec(decodeURIComponent(location.hash)) ?? [];
  if (key !== undefined) {
    choose({ model: key, look: null });
  }
}

applyTheme(ui.theme);
onChange(draw);
addEventListener("keydown", onKey);
addEventListener("hashchange", readAddress);
readAddress();
draw();
follow(draw);
