import { across, timeAxis, timeUnder, tint, upwards, valueAxis } from "./chart.js";
import { h, s } from "./dom.js";
import { duration, time } from "./format.js";
import { rangeOf } from "./range.js";
import { server } from "./store.js";
import { choose, chosenLook, looksShown, ui } from "./ui.js";
import { verdictName, verdictSign } from "./verdicts.js";

/**
 * @typedef {import("../view").ModelView} ModelView
 * @typedef {import("./chart.js").Range} Range
 * @typedef {import("./chart.js").Frame} Frame
 * @typedef {{ from: number, to: number, shares: Readonly<Record<string, number>> }} Span
 */

/** The split over time with the looks below it. @param {ModelView} model @param {number} width */
export function splitCard(model, width) {
  const range = rangeOf(model);
  const frame = {
    width,
    height: Math.round(Math.min(360, Math.max(190, width * 0.27))),
    left: 46,
    right: 14,
    top: 12,
    bottom: 24,
  };
  return h(
    "section",
    { class: "card split", "aria-labelledby": "split-title", key: "split" },
    h(
      "header",
      null,
      h("h2", { id: "split-title" }, "Traffic split"),
      h("p", { class: "readout number" }, readout(model)),
      rangeSwitch(model),
    ),
    h("div", { class: "measure", "data-measure": "split" }, chart(model, range, frame), lane(model, range, frame)),
  );
}

/** @param {ModelView} model */
function rangeSwitch({ rollout }) {
  const choices = /** @type {const} */ ([
    ["rollout", "This rollout"],
    ["all", "All"],
  ]);
  return (
    rollout &&
    h(
      "div",
      { class: "segments", role: "group", "aria-label": "Time shown" },
      choices.map(([value, label]) =>
        h(
          "button",
          {
            key: value,
            "aria-pressed": String(ui.range === value),
            onclick: () => choose({ range: value, look: null }),
          },
          label,
        ),
      ),
    )
  );
}

/** Split at the cursor, or now. @param {ModelView} model */
function readout(model) {
  const at = ui.cursor ?? server.clock.now;
  const shares = sharesAt(model, at);
  const parts = versionsOf(model)
    .reverse()
    .filter((version) => (shares[version] ?? 0) > 0);
  return [
    h("span", { class: "when", key: "when" }, ui.cursor === null ? "Now" : time(at)),
    parts.map((version) =>
      h(
        "span",
        { key: version, class: "reading" },
        h("span", { class: `swatch ${tint(version)}` }),
        `v${version} ${shares[version]}\u00a0%`,
      ),
    ),
    parts.length === 0 && h("span", { key: "none" }, "no traffic"),
  ];
}

/** @param {ModelView} model @param {number} at */
function sharesAt({ split }, at) {
  return split.findLast((point) => point.at <= at)?.shares ?? {};
}

/** Versions that ever had traffic: the newest first, since it grows from the bottom. @param {ModelView} model */
function versionsOf({ split }) {
  const versions = new Set(split.flatMap(({ shares }) => Object.keys(shares)));
  return [...versions].sort((a, b) => Number(b) - Number(a));
}

/** @param {ModelView} model @param {Range} range @returns {Span[]} */
function spansOf({ split }, { from, to }) {
  const end = Math.min(to, server.clock.now);
  return split
    .map(({ at, shares }, index) => ({
      from: Math.max(at, from),
      to: Math.min(split[index + 1]?.at ?? end, end),
      shares,
    }))
    .filter((span) => span.to > span.from);
}

/** @param {ModelView} model @param {Range} range @param {Frame} frame */
function chart(model, range, frame) {
  const [x, y] = [across(range, frame), upwards(100, frame)];
  const spans = spansOf(model, range);
  const move = (/** @type {number} */ at) => choose({ cursor: Math.min(range.to, Math.max(range.from, at)) });
  const at = ui.cursor ?? Math.min(range.to, server.clock.now);
  const now = server.clock.now;
  return s(
    "svg",
    {
      class: "chart",
      width: frame.width,
      height: frame.height,
      viewBox: `0 0 ${frame.width} ${frame.height}`,
      role: "slider",
      tabindex: 0,
      "aria-label": "Traffic split over time; arrow keys move the cursor",
      "aria-valuemin": 0,
      "aria-valuemax": Math.round((range.to - range.from) / 60_000),
      "aria-valuenow": Math.round((at - range.from) / 60_000),
      "aria-valuetext": spoken(model, at),
      onpointermove: (/** @type {PointerEvent} */ event) => move(timeUnder(event, range, frame)),
      onpointerleave: () => choose({ cursor: null }),
      onblur: () => choose({ cursor: null }),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const step = (range.to - range.from) / 60;
        const places = { ArrowLeft: at - step, ArrowRight: at + step, Home: range.from, End: Math.min(range.to, now) };
        const place = places[/** @type {keyof typeof places} */ (event.key)];
        if (place !== undefined) {
          event.preventDefault();
          move(place);
        }
      },
    },
    valueAxis([0, 50, 100], (value) => `${value}\u00a0%`, 100, frame),
    timeAxis(range, frame),
    bands(model, spans, x, y),
    range.to > now &&
      s("rect", {
        class: "future",
        x: x(now),
        y: frame.top,
        width: Math.max(0, x(range.to) - x(now)),
        height: y(0) - y(100),
      }),
    now < range.to &&
      now > range.from &&
      s("line", { class: "now-line", x1: x(now), x2: x(now), y1: frame.top, y2: y(0) }),
    ui.cursor !== null && s("line", { class: "cursor", x1: x(ui.cursor), x2: x(ui.cursor), y1: frame.top, y2: y(0) }),
    spans.length === 0 &&
      Object.keys(sharesAt(model, now)).length === 0 &&
      s(
        "text",
        { class: "note", x: (frame.left + frame.width) / 2, y: frame.height / 2, "text-anchor": "middle" },
        "No version had traffic in this time",
      ),
  );
}

/** @param {ModelView} model @param {Span[]} spans @param {(at: number) => number} x @param {(value: number) => number} y */
function bands(model, spans, x, y) {
  const bases = spans.map(() => 0);
  return versionsOf(model).map((version) => {
    const rects = spans.flatMap((span, index) => {
      const share = span.shares[version] ?? 0;
      const base = bases[index] ?? 0;
      bases[index] = base + share;
      return share > 0 ? [{ span, share, base }] : [];
    });
    return s(
      "g",
      { key: version, class: `band ${tint(version)}` },
      rects.map(({ span, share, base }, index) => {
        const [left, right, top, bottom] = [x(span.from), x(span.to), y(base + share), y(base)];
        const label = `v${version} · ${share}\u00a0%`;
        return s(
          "g",
          { key: index },
          s("rect", { x: left, y: top, width: right - left, height: bottom - top }),
          s("line", { x1: left, x2: right, y1: top + 1, y2: top + 1 }),
          right - left > 74 &&
            bottom - top > 18 &&
            s("text", { x: left + 8, y: Math.min(top + 18, (top + bottom) / 2 + 5) }, label),
        );
      }),
    );
  });
}

/** @param {ModelView} model @param {number} at */
function spoken(model, at) {
  const shares = Object.entries(sharesAt(model, at)).map(([version, share]) => `version ${version} ${share} percent`);
  return `${time(at)}: ${shares.join(", ") || "no traffic"}`;
}

/** Looks on the time axis of the chart, and those that are planned. @param {ModelView} model @param {Range} range @param {Frame} frame */
function lane(model, range, frame) {
  const x = across(range, frame);
  const chosen = chosenLook(model);
  const looks = looksShown(model).filter(({ at }) => at >= range.from && at <= range.to);
  const planned = plannedLooks(model).filter((at) => at <= range.to);
  return h(
    "div",
    { class: "lane" },
    h("h3", { class: "lane-title" }, "Looks"),
    h(
      "div",
      { class: "lane-marks", role: "group", "aria-label": "Looks at the new version" },
      planned.map((at) =>
        h("span", { key: `p${at}`, class: "planned", title: `Planned for ${time(at)}`, style: { left: `${x(at)}px` } }),
      ),
      looks.map((look) =>
        h(
          "button",
          {
            key: look.id,
            class: "look",
            style: { left: `${x(look.at)}px` },
            "aria-pressed": String(look === chosen),
            "aria-label": `${time(look.at)}, at ${look.share}\u00a0%: ${verdictName(look.verdict)}`,
            title: `${time(look.at)} · ${verdictName(look.verdict)} at ${look.share}\u00a0%`,
            onclick: () => choose({ look: look === looksShown(model).at(-1) ? null : look.id }),
          },
          verdictSign(look.verdict),
        ),
      ),
      looks.length === 0 && planned.length === 0 && h("span", { class: "lane-empty" }, "none in this time"),
      looks.length === 0 &&
        planned.length > 0 &&
        h("span", { class: "lane-empty" }, `first look in ${duration((planned[0] ?? 0) - server.clock.now)}`),
    ),
  );
}

/** @param {ModelView} model */
function plannedLooks({ rollout }) {
  const hold = rollout?.hold;
  if (!hold) {
    return [];
  }
  if (rollout.phase === "bake") {
    return [hold.to];
  }
  const every = (hold.to - hold.from) / hold.plannedLooks;
  const times = Array.from({ length: hold.plannedLooks }, (_, index) => hold.from + every * (index + 1));
  return times.filter((_, index) => index >= hold.looks);
}
