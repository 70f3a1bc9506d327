import { isIPv4 } from "node:net";

import { textOf } from "../../../../policies/arguments";

/** Everywhere, in both families of addresses. */
export const everywhere: readonly unknown[] = ["0.0.0.0/0", "::/0", "*"];

/** Whether addresses are in a range that is not covered by any of others. */
export function isOutside(range: unknown, others: readonly unknown[]): boolean {
  return !others.some((other) => covers(textOf(other), textOf(range)));
}

/** Whether a range of addresses holds another; ranges of version 6 are compared as texts. */
function covers(wide: string, narrow: string): boolean {
  const [one, other] = [parse(wide), parse(narrow)];
  return one === undefined || other === undefined
    ? wide === narrow || (wide === "::/0" && narrow.includes(":"))
    : one.bits <= other.bits && networkOf(one.address, one.bits) === networkOf(other.address, one.bits);
}

function networkOf(address: number, bits: number): number {
  return Math.floor(address / 2 ** (32 - bits));
}

function parse(range: string): { address: number; bits: number } | undefined {
  const [address = "", bits = "32"] = range.split("/");
  return isIPv4(address) && /^\d+$/.test(bits) && Number(bits) <= 32
    ? { address: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), bits: Number(bits) }
    : undefined;
}
