const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** @param {number} at */
export const date = (at) => day.format(at);

/** @param {number} at */
export const time = (at) => hour.format(at);

/** @param {number} value */
export const count = (value) => whole.format(value);

/** A share of 1 in percent, with the digits that matter. @param {number} ratio */
export function percent(ratio) {
  const value = ratio * 100;
  const digits = value === 0 ? 0 : Math.abs(value) < 1 ? 2 : Math.abs(value) < 10 ? 1 : 0;
  return `${value.toFixed(digits)}\u00a0%`;
}

/** A difference of shares in percentage points. @param {number} value */
export const points = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value * 100).toFixed(2)}`;

/** @param {number} value */
export const milliseconds = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** @param {number} ms */
export function duration(ms) {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) {
    return "under a minute";
  }
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts =
    days > 0 ? [`${days} d`, hours > 0 && `${hours} h`] : [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`];
  return parts.filter(Boolean).join(" ");
}

/** @param {string} phase */
export const words = (phase) => phase.replaceAll("-", " ");

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence of a workflow, which writes all digits of a number. @param {string} text */
export const sentence = (text) =>
  capital(text.replace(/\d+\.\d{4,}/g, (number) => String(Number(Number(number).toPrecision(2)))));
