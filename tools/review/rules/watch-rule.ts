import type { ArgumentChange } from "../differences/argument-change";
import type { Change } from "../change";
import { isAtLeast, type Severity } from "../severity";
import { ownOf } from "./own";
import { changeRule, type Described, type Hit, type ReviewRule } from "./rule";
import { changeText, together } from "./wording";
import type { Worse } from "./worse";

/** Arguments by their path, with what makes a new value worse. */
export type Watched = Readonly<Record<string, Worse>>;

/** A rule about arguments of objects that stay or are replaced: a new object has nothing that could get worse. */
export function watchRule(
  rule: Described & {
    /** By resource type; `*` for every type. */
    readonly watched: Readonly<Record<string, Watched>>;
    /** @default - the rule's severity */
    readonly severityOf?: (worse: readonly ArgumentChange[], change: Change) => Severity;
  },
): ReviewRule {
  const { watched, severityOf, ...described } = rule;
  const every = watched["*"];
  return changeRule({
    ...described,
    findIn: (change) => {
      const ofType = ownOf(watched, change.type);
      if (!change.isChange || !change.isManaged || (ofType === undefined && every === undefined)) {
        return undefined;
      }
      const worse = worseIn(change, ...[ofType, every].filter((table) => table !== undefined));
      return hitOf(worse, (found) => severityOf?.(found, change) ?? rule.severity);
    },
  });
}

/** Arguments of a change that get worse, or may. */
export function worseIn(change: Change, ...watched: readonly Watched[]): ArgumentChange[] {
  return change.arguments.filter(({ name, before, after, isUnknown }) => {
    const worse = ownOf(watched.find((table) => Object.hasOwn(table, name)) ?? {}, name);
    return worse !== undefined && worse.from(before) && (isUnknown || worse.to(after, before));
  });
}

/** What may only get worse is half as bad. */
export function hitOf(
  worse: readonly ArgumentChange[],
  severityOf: (worse: readonly ArgumentChange[]) => Severity,
): Omit<Hit, "address"> | undefined {
  if (worse.length === 0) {
    return undefined;
  }
  const severity = severityOf(worse);
  const isCertain = worse.some(({ isUnknown }) => !isUnknown);
  return {
    severity: isCertain || !isAtLeast(severity, "high") ? severity : "medium",
    message: together(worse.map(changeText)),
    differences: [...new Set(worse.map(({ difference }) => difference))],
  };
}
