import { failure } from "../errors";
import { define, type Library } from "./library";

/** cloud.google.com/workflows/docs/reference/stdlib/time and /sys, /uuid as far as they do not block */
export const time: Library = {
  "sys.get_env": define(
    "name default?",
    (given, { environment }) => environment(given.text(0)) ?? (given.any(1) === null ? null : given.text(1)),
  ),
  "sys.now": define("", (_, { now }) => now() / 1000),
  "time.format": define("seconds timezone?", (given) =>
    formatTime(Number(given.number(0)), given.text(1, "UTC") || "UTC"),
  ),
  "time.parse": define("value", (given) => parseTime(given.text(0))),
  "uuid.generate": define("", (_, { uuid }) => uuid()),
};

/** ISO 8601 with microseconds, such as `2024-07-12T14:50:33.000000+02:00`. */
export function formatTime(seconds: number, zone = "UTC"): string {
  const whole = Math.floor(seconds);
  const offset = zone === "UTC" ? 0 : offsetMinutes(whole * 1000, zone);
  const local = new Date((whole + offset * 60) * 1000).toISOString().slice(0, 19);
  const microseconds = String(Math.floor((seconds - whole) * 1e6)).padStart(6, "0");
  return `${local}.${microseconds}${offset === 0 ? "Z" : offsetText(offset)}`;
}

/** Seconds since 1970. */
export function parseTime(value: string): number {
  const match = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/.exec(value);
  const whole = match ? Date.parse(`${match[1]!.replace(/[t ]/, "T")}${match[3]!.toUpperCase()}`) : Number.NaN;
  if (Number.isNaN(whole)) {
    throw failure("ValueError", `'${value}' is no time as ISO 8601 has it, such as 2024-07-12T12:50:33.000000Z`);
  }
  return whole / 1000 + Number(match![2] ?? 0);
}

function offsetMinutes(milliseconds: number, zone: string): number {
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    const name = parts.formatToParts(milliseconds).find(({ type }) => type === "timeZoneName")!.value;
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)!;
    return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch (error) {
    throw error instanceof RangeError
      ? failure("ValueError", `'${zone}' is no time zone, or the time is out of range`)
      : error;
  }
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
