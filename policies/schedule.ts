import { isTimeZone } from "./time-zone";

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec".split("|");
const weekdays = "sun|mon|tue|wed|thu|fri|sat".split("|");

/** The five fields of a cron schedule: least and most, and names that count from the least. */
const fields: readonly [min: number, max: number, names?: readonly string[]][] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12, months],
  [0, 7, weekdays],
];

/** Whether text is a cron schedule of five fields, such as `0 3 * * 1`. */
export function isCron(text: unknown): boolean {
  const parts = typeof text === "string" ? text.trim().split(/\s+/) : [];
  return (
    parts.length === fields.length &&
    parts.every((part, index) => part.split(",").every((each) => isField(each, ...fields[index]!)))
  );
}

/** The same, after a time zone or none, as in `TZ=Europe/Amsterdam 0 3 * * 1`. */
export function isCronInZone(text: unknown): boolean {
  const [, zone, cron] = typeof text === "string" ? (/^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/.exec(text) ?? []) : [];
  return isCron(cron) && (zone === undefined || isTimeZone(zone));
}

function isField(text: string, min: number, max: number, names: readonly string[] = []): boolean {
  const [, from = "", to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const value = (word: string) => (names.includes(word.toLowerCase()) ? names.indexOf(word.toLowerCase()) + min : word);
  const fits = (word: string) => /^\d+$/.test(`${value(word)}`) && +value(word) >= min && +value(word) <= max;
  const ends = from === "*" ? to === undefined : fits(from) && (to === undefined || fits(to));
  return ends && (step === undefined || (Number(step) > 0 && Number(step) <= max));
}

const time = "\\d{1,2}:\\d\\d";
const list = (word: string) => `${word}(?:,${word})*`;
const day = `(?:day|(?:${weekdays.join("|")})[a-z]*)`;
const ordinal = "(?:\\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth)";
const often = new RegExp(
  `^every \\d+ (?:hours?|hrs?|minutes?|mins?)(?: (?:from ${time} to ${time}|synchronized))?$`,
  "i",
);
const rarely = new RegExp(
  `^(?:every ${list(day)}|${list(ordinal)}(?: ${list(day)})?)(?: of (?:month|quarter|${list(`(?:${months.join("|")})[a-z]*`)}))?(?: ${time})?$`,
  "i",
);

/** Whether text is a schedule in words, such as `every 24 hours` or `1st,3rd monday of month 15:30`. */
export function isScheduleInWords(text: unknown): boolean {
  return typeof text === "string" && (often.test(text.trim()) || rarely.test(text.trim()));
}
