import { didYouMean, listNames } from "../../../config/nearest";
import type { Place, Report } from "../../../config/problem";
import type { Entry, ListNode, MappingNode, Node } from "../../../config/source/node";
import { describe } from "../../../config/text";
import type { Names } from "./names";
import type { StepList } from "./program";
import type { Parameter } from "./stdlib/library";

/** What is known of a whole file while its parts are read. */
export interface Reading {
  /** What the service would refuse, or what is not known here. */
  readonly report: Report;
  /** What works, and is better written otherwise. */
  readonly advise: Report;
  readonly signatures: ReadonlyMap<string, readonly Parameter[]>;
  /** Which (sub)workflows each one calls. */
  readonly calls: Map<string, Set<string>>;
}

/** Where in a (sub)workflow something stands. */
export interface Here {
  readonly reading: Reading;
  readonly routine: string;
  readonly names: Names;
  /** Lists of steps that `next` may jump within, innermost first. */
  readonly lists: readonly JumpList[];
  readonly inside: "routine" | "for" | "parallel for" | "branch";
  /** Parallel steps around it. */
  readonly parallels: number;
}

export interface JumpList {
  readonly list: StepList;
  readonly indexes: ReadonlyMap<string, number>;
}

/** The mapping that a node must be, with no keys but the allowed ones; `undefined` once something else was reported. */
export function mappingOf(
  node: Node,
  what: string,
  allowed: readonly string[] | undefined,
  report: Report,
): MappingNode | undefined {
  if (node.kind !== "mapping") {
    report(node.place, `${what} must be a mapping, got ${shown(node)}`);
    return undefined;
  }
  for (const [key, entry] of node.entries) {
    if (allowed && !allowed.includes(key)) {
      const guess = didYouMean(key, allowed);
      report(entry.key, `${what} has no key '${key}'${guess || `: allowed are ${listNames(allowed, key)}`}`);
    }
  }
  return node;
}

export function listOf(node: Node, what: string, report: Report): ListNode | undefined {
  if (node.kind !== "list") {
    report(node.place, `${what} must be a list, got ${shown(node)}`);
    return undefined;
  }
  return node;
}

/** The only entry of a mapping, as steps, assignments and branches have it. */
export function onlyEntry(node: Node, what: string, report: Report): readonly [string, Entry] | undefined {
  const [first, second] = node.kind === "mapping" ? node.entries : [];
  if (!first || second) {
    const got = node.kind === "mapping" ? `${node.entries.size} keys` : shown(node);
    report(second?.[1].key ?? node.place, `${what} must be a mapping with one key, got ${got}`);
    return undefined;
  }
  return first;
}

const variableName = /^[A-Za-z_]\w*$/;

/** The name of a variable: cloud.google.com/workflows/docs/reference/syntax/variables */
export function variableOf(node: Node, what: string, report: Report): string | undefined {
  const name = node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
  if (name === undefined || !variableName.test(name)) {
    report(
      node.place,
      `${what} must be the name of a variable, got ${shown(node)}: letters, digits and underscores, no digit first`,
    );
    return undefined;
  }
  return name;
}

export function required(mapping: MappingNode, key: string, what: string, report: Report): Node | undefined {
  const entry = mapping.entries.get(key);
  if (!entry) {
    report(mapping.place, `${what} must have the key '${key}'`);
  }
  return entry?.value;
}

export function shown(node: Node): string {
  return node.kind === "scalar" ? describe(node.value, node.source) : node.kind === "list" ? "a list" : "a mapping";
}

export function atMost(count: number, limit: number, noun: string, place: Place, report: Report): void {
  if (count > limit) {
    report(place, `has ${count} ${noun}: the service takes at most ${limit}`);
  }
}
