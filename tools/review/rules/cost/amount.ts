import { numberOf } from "../../../../policies/arguments";

const units: Readonly<Record<string, number>> = {
  ...{ m: 1e-3, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
};

/** A number, also one with a unit as Kubernetes writes it: `500m`, `16Gi`. */
export function amountOf(value: unknown): number | undefined {
  const [, digits, unit] = typeof value === "string" ? (/^(\d+(?:\.\d+)?)([a-zA-Z]{1,2})$/.exec(value) ?? []) : [];
  return unit !== undefined && Object.hasOwn(units, unit) ? Number(digits) * units[unit]! : numberOf(value);
}
