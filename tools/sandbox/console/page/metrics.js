import { across, niceTop, round, timeAxis, timeUnder, tint, upwards, valueAxis } from "./chart.js";
import { h, s } from "./dom.js";
import { count, milliseconds, percent, time } from "./format.js";
import { rangeOf } from "./range.js";
import { server } from "./store.js";
import { choose, chosenLook, ui } from "./ui.js";

/**
 * @typedef {import("../view").ModelView} ModelView
 * @typedef {import("../view").MetricPoint} MetricPoint
 * @typedef {{ id: string, name: string, unit: string, of: (point: MetricPoint) => number | null, write: (value: number) => string, axis: (value: number) => string, limit: (model: ModelView) => number | null, floor: number }} Metric
 */

/** @type {readonly Metric[]} */
const metrics = [
  {
    id: "requests",
    name: "Requests",
    unit: "a minute",
    of: ({ requests }) => requests,
    write: count,
    axis: count,
    limit: () => null,
    floor: 10,
  },
  {
    id: "errors",
    name: "Server errors",
    unit: "share of answers",
    of: ({ errors }) => errors,
    write: percent,
    axis: percent,
    limit: ({ limits }) => limits.serverErrorRatio,
    floor: 0.01,
  },
  {
    id: "latency",
    name: "Latency p95",
    unit: "ms",
    of: ({ latencyP95 }) => latencyP95,
    write: milliseconds,
    axis: count,
    limit: ({ limits }) => limits.latencyP95Milliseconds,
    floor: 50,
  },
];

/** What each version does over time, with the limits that it must keep. @param {ModelView} model @param {number} width */
export function metricCards(model, width) {
  return h(
    "section",
    { class: "metrics", "aria-label": "Metrics by version", key: "metrics" },
    metrics.map((metric) => card(model, metric, width)),
  );
}

/** @param {ModelView} model @param {Metric} metric @param {number} width */
function card(model, metric, width) {
  const range = rangeOf(model);
  const frame = { width, height: width > 480 ? 180 : 132, left: 46, right: 12, top: 10, bottom: 22 };
  const series = (ui.range === "all" ? model.pastMetrics : model.metrics)
    .map(({ version, deployedModelId, stepMilliseconds, points }) => ({
      version,
      id: deployedModelId,
      step: stepMilliseconds,
      points: points.filter(({ at }) => at >= range.from - stepMilliseconds && at <= range.to),
    }))
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => Number(a.version) - Number(b.version));
  const most = Math.max(metric.floor, ...series.flatMap(({ points }) => points.map((point) => metric.of(point) ?? 0)));
  const limit = metric.limit(model);
  const isNear = limit !== null && limit < most * 3;
  const top = niceTop(isNear ? Math.max(most, limit * 1.15) : most);
  const [x, y] = [across(range, frame), upwards(top, frame)];
  const window = chosenLook(model)?.window;
  return h(
    "div",
    { class: "card metric", key: metric.id },
    h(
      "header",
      null,
      h("h2", null, metric.name, h("span", { class: "unit" }, metric.unit)),
      h(
        "p",
        { class: "readout number" },
        series.map((each) => reading(each, metric)),
      ),
    ),
    h(
      "div",
      { class: "measure", "data-measure": "metric" },
      s(
        "svg",
        {
          class: "chart",
          width: frame.width,
          height: frame.height,
          viewBox: `0 0 ${frame.width} ${frame.height}`,
          role: "img",
          "aria-label": description(series, metric, limit),
          onpointermove: (/** @type {PointerEvent} */ event) => choose({ cursor: timeUnder(event, range, frame) }),
          onpointerleave: () => choose({ cursor: null }),
        },
        valueAxis([0, top / 2, top], metric.axis, top, frame),
        timeAxis(range, frame),
        window &&
          s("rect", {
            class: "look-window",
            x: x(Math.max(window.from, range.from)),
            y: frame.top,
            width: Math.max(0, x(Math.min(window.to, range.to)) - x(Math.max(window.from, range.from))),
            height: y(0) - y(top),
          }),
        series.map(({ version, id, step, points }) =>
          s("path", { key: id, class: `line ${tint(version)}`, d: path(points, step, metric, x, y) }),
        ),
        limit !== null &&
          isNear &&
          s(
            "g",
            { class: "limit-line" },
            s("line", { x1: frame.left, x2: frame.width - frame.right, y1: round(y(limit)), y2: round(y(limit)) }),
            s(
              "text",
              { x: frame.width - frame.right, y: y(limit) - 5, "text-anchor": "end" },
              `limit ${metric.write(limit)}`,
            ),
          ),
        limit !== null &&
          !isNear &&
          s(
            "g",
            { class: "limit-line" },
            s(
              "text",
              { x: frame.width - frame.right, y: frame.top + 11, "text-anchor": "end" },
              `↑ limit ${metric.write(limit)}`,
            ),
          ),
        ui.cursor !== null &&
          s("line", { class: "cursor", x1: x(ui.cursor), x2: x(ui.cursor), y1: frame.top, y2: y(0) }),
        series.length === 0 &&
          s(
            "text",
            { class: "note", x: (frame.left + frame.width) / 2, y: frame.height / 2, "text-anchor": "middle" },
            "No traffic in this time",
          ),
      ),
    ),
  );
}

/** @param {{ version: string, id: string, step: number, points: MetricPoint[] }} series @param {Metric} metric */
function reading({ version, id, step, points }, metric) {
  const at = ui.cursor ?? server.clock.now;
  const point = points.findLast((each) => each.at <= at && each.at > at - 3 * step);
  const value = point ? metric.of(point) : null;
  return h(
    "span",
    { key: id, class: "reading" },
    h("span", { class: `swatch ${tint(version)}` }),
    `v${version} ${value === null ? "–" : metric.write(value)}`,
  );
}

/** A line that breaks where nothing was measured. @param {MetricPoint[]} points @param {number} step @param {Metric} metric @param {(at: number) => number} x @param {(value: number) => number} y */
function path(points, step, metric, x, y) {
  let last = -Infinity;
  return points
    .flatMap((point) => {
      const value = metric.of(point);
      if (value === null) {
        return [];
      }
      const joined = point.at - last <= 2 * step;
      last = point.at;
      return [`${joined ? "L" : "M"}${x(point.at).toFixed(1)} ${y(value).toFixed(1)}${joined ? "" : "h0.01"}`];
    })
    .join("");
}

/** @param {{ version: string, points: MetricPoint[] }[]} series @param {Metric} metric @param {number | null} limit */
function description(series, metric, limit) {
  const last = series.map(({ version, points }) => {
    const point = points.at(-1);
    const value = point ? metric.of(point) : null;
    return point && value !== null ? `version ${version} ${metric.write(value)} at ${time(point.at)}` : "";
  });
  const bound = limit === null ? "" : `; the limit is ${metric.write(limit)}`;
  return `${metric.name}, ${metric.unit}: ${last.filter(Boolean).join(", ") || "no traffic"}${bound}`;
}
