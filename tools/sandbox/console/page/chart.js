import { s } from "./dom.js";
import { date, time } from "./format.js";

/**
 * @typedef {{ from: number, to: number }} Range
 * @typedef {{ width: number, height: number, left: number, right: number, top: number, bottom: number }} Frame
 */

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880].map((minutes) => minutes * 60_000);

/** Place of a time. @param {Range} range @param {Frame} frame @returns {(at: number) => number} */
export function across({ from, to }, { left, right, width }) {
  return (at) => left + ((at - from) / Math.max(1, to - from)) * (width - left - right);
}

/** Place of a value. @param {number} top @param {Frame} frame @returns {(value: number) => number} */
export function upwards(top, frame) {
  const inner = frame.height - frame.top - frame.bottom;
  return (value) => frame.top + inner - (value / top) * inner;
}

/** Times for an axis, about one every 72 pixels. @param {Range} range @param {Frame} frame */
export function timesOf({ from, to }, frame) {
  const most = Math.max(1, Math.floor((frame.width - frame.left - frame.right) / 72));
  const step = steps.find((each) => (to - from) / each <= most) ?? steps.at(-1) ?? 1;
  const times = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    times.push({ at, text: step >= 1440 * 60_000 ? date(at) : time(at) });
  }
  return times;
}

/** @param {Range} range @param {Frame} frame */
export function timeAxis(range, frame) {
  const x = across(range, frame);
  const base = frame.height - frame.bottom;
  return timesOf(range, frame)
    .filter(({ at }) => x(at) > frame.left + 14 && x(at) < frame.width - frame.right - 14)
    .map(({ at, text }) =>
      s(
        "g",
        { key: `t${at}`, class: "tick" },
        s("line", { x1: round(x(at)), x2: round(x(at)), y1: base, y2: base + 4 }),
        s("text", { x: round(x(at)), y: base + 17, "text-anchor": "middle" }, text),
      ),
    );
}

/** Lines across with their values. @param {number[]} values @param {(value: number) => string} write @param {number} top @param {Frame} frame */
export function valueAxis(values, write, top, frame) {
  const y = upwards(top, frame);
  return values.map((value) =>
    s(
      "g",
      { key: `v${value}`, class: "tick" },
      s("line", {
        class: "rule",
        x1: frame.left,
        x2: frame.width - frame.right,
        y1: round(y(value)),
        y2: round(y(value)),
      }),
      s("text", { x: frame.left - 8, y: round(y(value)) + 4, "text-anchor": "end" }, write(value)),
    ),
  );
}

/** A round number at least as large. @param {number} value */
export function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return [1, 1.5, 2, 3, 4, 5, 8, 10].map((each) => each * power).find((each) => each >= value) ?? value;
}

/** The time under the pointer. @param {PointerEvent} event @param {Range} range @param {Frame} frame */
export function timeUnder(event, { from, to }, frame) {
  const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  const part = (event.clientX - box.left - frame.left) / Math.max(1, frame.width - frame.left - frame.right);
  return from + Math.min(1, Math.max(0, part)) * (to - from);
}

/** Lines are crisp on half pixels. @param {number} value */
export const round = (value) => Math.round(value) + 0.5;

/** Colour of a version, the same wherever it is drawn. @param {string} version */
export const tint = (version) => `tint-${(Math.max(1, Number(version) || 1) - 1) % 5}`;
