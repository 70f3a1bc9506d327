import { tint } from "./chart.js";
import { h, s } from "./dom.js";
import { capital, count, milliseconds, percent, points, sentence, time } from "./format.js";
import { chosenLook, looksShown, stepLook } from "./ui.js";
import { verdictName, verdictSign } from "./verdicts.js";

/**
 * @typedef {import("../view").ModelView} ModelView
 * @typedef {import("../view").LookView} LookView
 * @typedef {import("../view").MeasuredView} MeasuredView
 * @typedef {import("../view").DifferenceView} DifferenceView
 */

/** One look with its numbers. @param {ModelView} model */
export function verdictCard(model) {
  const looks = looksShown(model);
  const look = chosenLook(model);
  const index = look ? looks.indexOf(look) : -1;
  return h(
    "section",
    { class: "card verdict", "aria-labelledby": "verdict-title", key: "verdict" },
    h(
      "header",
      null,
      h("h2", { id: "verdict-title" }, "Verdict"),
      look &&
        h(
          "div",
          { class: "pager" },
          h(
            "button",
            {
              class: "icon",
              "aria-label": "Earlier look (k)",
              title: "Earlier look (k)",
              disabled: index <= 0,
              onclick: () => stepLook(model, -1),
            },
            "‹",
          ),
          h("span", { class: "number" }, `${index + 1} of ${looks.length}`),
          h(
            "button",
            {
              class: "icon",
              "aria-label": "Later look (j)",
              title: "Later look (j)",
              disabled: index >= looks.length - 1,
              onclick: () => stepLook(model, 1),
            },
            "›",
          ),
        ),
    ),
    look ? judgement(look) : empty(model),
  );
}

/** @param {ModelView} model */
function empty({ rollout }) {
  const text =
    rollout?.isActive && rollout.against !== ""
      ? "The new version has not been looked at yet. A look needs traffic, and metrics that arrive a few minutes late."
      : rollout && rollout.against === ""
        ? "The first version of an endpoint is not judged: there is nothing to compare it with."
        : "Every look at a new version appears here with its numbers.";
  return h("p", { class: "nothing" }, text);
}

/** @param {LookView} look */
function judgement(look) {
  return h(
    "div",
    { class: "judgement", key: look.id },
    h(
      "div",
      { class: `outcome verdict-${look.verdict}` },
      verdictSign(look.verdict, "sign large"),
      h(
        "div",
        null,
        h("strong", null, verdictName(look.verdict)),
        h("span", null, `v${look.version} at ${look.share}\u00a0%, ${time(look.at)}`),
      ),
    ),
    h("p", { class: "reason" }, `${sentence(look.reason)}.`),
    look.challenger && numbers(look, look.challenger),
    look.difference && difference(look.difference),
    look.latency && latency(look.latency),
    look.business && business(look.business),
    look.window &&
      h(
        "p",
        { class: "window" },
        `Answers from ${time(look.window.from)} to ${time(look.window.to)}. Warm-up and late metrics are left out.`,
      ),
  );
}

/** @param {LookView} look @param {MeasuredView} now */
function numbers({ version, against, champion, limits }, now) {
  const ratio = (/** @type {MeasuredView | null} */ each) =>
    each && each.samples > 0 ? each.serverErrors / each.samples : null;
  const show = (/** @type {number | null | undefined} */ value, /** @type {(value: number) => string} */ write) =>
    value === null || value === undefined ? "–" : write(value);
  const over = (/** @type {number | null} */ value, /** @type {number} */ limit) =>
    value !== null && value > limit ? "over" : undefined;
  const rows = [
    { name: "Answers", mine: show(now.samples, count), old: show(champion?.samples, count), limit: "" },
    {
      name: "Server errors",
      mine: show(ratio(now), percent),
      old: show(ratio(champion), percent),
      limit: percent(limits.serverErrorRatio),
      class: over(ratio(now), limits.serverErrorRatio),
    },
    {
      name: "Latency p95",
      mine: show(now.latencyP95, milliseconds),
      old: show(champion?.latencyP95, milliseconds),
      limit: milliseconds(limits.latencyP95Milliseconds),
      class: over(now.latencyP95, limits.latencyP95Milliseconds),
    },
    {
      name: "Latency p99",
      mine: show(now.latencyP99, milliseconds),
      old: show(champion?.latencyP99, milliseconds),
      limit: "",
    },
  ];
  const head = (/** @type {string} */ each) =>
    h("th", { scope: "col" }, h("span", { class: `swatch ${tint(each)}`, "aria-hidden": "true" }), `v${each}`);
  return h(
    "table",
    { class: "numbers" },
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, h("span", { class: "hidden" }, "Metric")),
        head(version),
        champion ? head(against) : h("th", { scope: "col" }),
        h("th", { scope: "col" }, "Limit"),
      ),
    ),
    h(
      "tbody",
      null,
      rows.map((row) =>
        h(
          "tr",
          { key: row.name },
          h("th", { scope: "row" }, row.name),
          h("td", { class: row.class }, row.mine, row.class && h("span", { class: "hidden" }, " over the limit")),
          h("td", null, champion ? row.old : ""),
          h("td", { class: "limit" }, row.limit),
        ),
      ),
    ),
  );
}

/** How much worse the new version is, with what chance explains around it. @param {DifferenceView} value */
function difference({ harm, margin, tolerance, criticalValue }) {
  const [low, high] = [harm - margin, harm + margin];
  const [from, to] = [Math.min(low, -tolerance), Math.max(high, tolerance * 1.6)];
  const pad = (to - from) * 0.06;
  const x = (/** @type {number} */ at) => ((at - from + pad) / (to - from + 2 * pad)) * 100;
  const line = (/** @type {number} */ at, /** @type {string} */ name) =>
    s("line", { class: name, x1: `${x(at)}%`, x2: `${x(at)}%`, y1: 4, y2: 34 });
  const text = `${points(harm)} points, ± ${(margin * 100).toFixed(2)}; tolerated up to ${points(tolerance)}`;
  return h(
    "figure",
    { class: "interval" },
    h(
      "figcaption",
      null,
      h("span", null, "Difference in server errors"),
      h("span", { class: "number" }, `${points(harm)} ± ${(margin * 100).toFixed(2)} pt`),
    ),
    s(
      "svg",
      { role: "img", "aria-label": text, width: "100%", height: 54 },
      s("rect", { class: "tolerated", x: 0, y: 4, width: `${x(tolerance)}%`, height: 30 }),
      line(0, "zero"),
      line(tolerance, "tolerance"),
      s("line", { class: "spread", x1: `${x(low)}%`, x2: `${x(high)}%`, y1: 19, y2: 19 }),
      s("circle", { class: "point", cx: `${x(harm)}%`, cy: 19, r: 5 }),
      s("text", { x: `${x(0)}%`, y: 49, "text-anchor": "middle" }, "equal"),
      s("text", { x: `${x(tolerance)}%`, y: 49, "text-anchor": "middle" }, `${points(tolerance)} tolerated`),
    ),
    h(
      "p",
      { class: "window" },
      `The bar is ${criticalValue.toFixed(2)} standard errors to each side: Pocock's bound for the planned looks. A bar left of the tolerance passes, one right of equal fails.`,
    ),
  );
}

/** @param {{ ratio: number, tolerated: number }} value */
function latency({ ratio, tolerated }) {
  const top = Math.max(ratio, tolerated) * 1.2;
  return h(
    "figure",
    { class: "bullet-bar" },
    h(
      "figcaption",
      null,
      h("span", null, "Latency p95 against the old version"),
      h("span", { class: "number" }, `${ratio.toFixed(2)}×`),
    ),
    h(
      "div",
      {
        class: `bar ${ratio > tolerated ? "over" : ""}`,
        role: "img",
        "aria-label": `${ratio.toFixed(2)} times the old version's, tolerated ${tolerated} times`,
      },
      h("span", { class: "fill", style: { width: `${(ratio / top) * 100}%` } }),
      h("span", { class: "mark", style: { left: `${(tolerated / top) * 100}%` } }),
    ),
    h("p", { class: "window" }, `Tolerated ${tolerated}×, twice in a row counts`),
  );
}

/** @param {NonNullable<LookView["business"]>} value */
function business({ verdict, reason, units, means }) {
  return h(
    "div",
    { class: "business" },
    h("h3", null, "Business metric"),
    h("p", null, `${capital(verdict)}: ${sentence(reason)}.`),
    means &&
      units &&
      h(
        "p",
        { class: "window number" },
        `Mean ${means.new.toPrecision(4)} of ${count(units.new)} units, the old version ${means.old.toPrecision(4)} of ${count(units.old)}.`,
      ),
  );
}
