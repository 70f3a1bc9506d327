import { h, s } from "./dom.js";

/**
 * @typedef {import("../view").Verdict} Verdict
 */

/** Verdicts differ by shape, and by colour only on top of that. @type {Record<Verdict, { name: string, shape: [string, Record<string, unknown>], mark: string }>} */
const looks = {
  pass: { name: "Pass", shape: ["circle", { cx: 10, cy: 10, r: 9 }], mark: "M5.8 10.4l2.9 2.9 5.6-6.2" },
  fail: { name: "Fail", shape: ["path", { d: "M1.5 1.5h17v17h-17z" }], mark: "M6.4 6.4l7.2 7.2M13.6 6.4l-7.2 7.2" },
  inconclusive: {
    name: "Inconclusive",
    shape: ["path", { d: "M10 0l10 10-10 10L0 10z" }],
    mark: "M5.8 10.6c1.4-2 2.8-2 4.2-.6s2.8 1.4 4.2-.6",
  },
  "no-data": { name: "No data", shape: ["circle", { cx: 10, cy: 10, r: 8.5, class: "hollow" }], mark: "M6.2 10h7.6" },
};

/** @param {Verdict} verdict */
export const verdictName = (verdict) => looks[verdict].name;

/** The sign of a verdict, 20 by 20. @param {Verdict} verdict @param {string} [size] */
export function verdictSign(verdict, size = "sign") {
  const { shape, mark } = looks[verdict];
  return s(
    "svg",
    { class: `${size} verdict-${verdict}`, viewBox: "-1 -1 22 22", "aria-hidden": "true" },
    s(shape[0], { ...shape[1], class: `shape ${String(shape[1]["class"] ?? "")}` }),
    s("path", { d: mark, class: "mark" }),
  );
}

/** @param {Verdict} verdict */
export const verdictChip = (verdict) =>
  h("span", { class: `chip verdict-${verdict}` }, verdictSign(verdict, "sign small"), verdictName(verdict));
