import { knownAfterApply } from "../differences/difference";
import { formsOf, leavesOf, shortestForm } from "./forms";

/** What stands in the place of a secret. */
export const hidden = "(sensitive value)";

/** What this tool writes itself, and a secret such as `value` must not break. */
const markers = [hidden, knownAfterApply];

/** Forms that begin with the same characters. */
interface Bucket {
  /** The longest first. */
  readonly lengths: number[];
  readonly forms: Set<string>;
}

/** Masks secrets by value, wherever they stand in a text, also in the forms that encodings give them. */
export class Redactor {
  private readonly buckets = new Map<string, Bucket>();

  /** Whether some form may begin with two characters: texts are long, and few places in them can be a secret. */
  private readonly mayBegin = new Uint8Array(0x10000);

  constructor(secrets: Iterable<string>) {
    const all = new Set([...secrets].flatMap((secret) => [secret, ...leavesOf(secret)]));
    for (const secret of all) {
      for (const form of formsOf(secret)) {
        this.add(form);
      }
    }
    markers.forEach((marker) => (this.mayBegin[pair(marker, 0)] = 1));
    this.buckets.forEach(({ lengths }) => lengths.sort((a, b) => b - a));
  }

  /** A text without secrets; those that overlap or touch become one mark. */
  mask(text: string): string {
    let masked = "";
    let end = 0;
    for (let at = 0; this.buckets.size > 0 && at + shortestForm <= text.length; at++) {
      if (this.mayBegin[pair(text, at)] === 0) {
        continue;
      }
      const marker = at >= end ? markers.find((each) => text.startsWith(each, at)) : undefined;
      if (marker !== undefined) {
        at += marker.length - 1;
        continue;
      }
      const length = this.lengthAt(text, at);
      if (length > 0) {
        masked += at > end || end === 0 ? text.slice(end, at) + hidden : "";
        end = Math.max(end, at + length);
      }
    }
    return end === 0 ? text : masked + text.slice(end);
  }

  /** A value whose texts, the names of its parts among them, hold no secrets; the value itself where there are none in it. */
  maskAll<T>(value: T): T {
    return this.buckets.size === 0 ? value : (this.masked(value) as T);
  }

  private masked(value: unknown): unknown {
    if (typeof value === "string") {
      return this.mask(value);
    }
    if (Array.isArray(value)) {
      return value.map((inner) => this.masked(inner));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [this.mask(name), this.masked(inner)]));
    }
    return typeof value === "number" && this.mask(String(value)) !== String(value) ? hidden : value;
  }

  private add(form: string): void {
    const key = form.slice(0, shortestForm);
    const bucket = this.buckets.get(key) ?? { lengths: [], forms: new Set() };
    this.buckets.set(key, bucket);
    if (!bucket.lengths.includes(form.length)) {
      bucket.lengths.push(form.length);
    }
    bucket.forms.add(form);
    this.mayBegin[pair(form, 0)] = 1;
  }

  /** Length of the longest secret that begins here; 0 where none does. */
  private lengthAt(text: string, at: number): number {
    const bucket = this.buckets.get(text.slice(at, at + shortestForm));
    return bucket?.lengths.find((length) => bucket.forms.has(text.slice(at, at + length))) ?? 0;
  }
}

/** A number of 16 bits for two characters: others may have it too. */
function pair(text: string, at: number): number {
  return (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) & 0xffff;
}
