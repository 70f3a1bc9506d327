import type { ArgumentChange } from "../differences/argument-change";
import type { Change } from "../change";
import { isAtLeast, type Severity } from "../severity";
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
  return changeRule({
    ...described,
    findIn: (change) => {
      const arguments_ = { ...watched["*"], ...own(watched, change.type) };
      return change.isChange && change.isManaged && Object.keys(arguments_).length > 0
        ? hitOf(worseIn(change, arguments_), (worse) => severityOf?.(worse, change) ?? rule.severity)
        : undefined;
    },
  });
}

/** Arguments of a change that get worse, or may. */
export function worseIn(change: Change, watched: Watched): ArgumentChange[] {
  return change.arguments.filter(({ name, before, after, isUnknown }) => {
    const worse = own(watched, name);
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

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
