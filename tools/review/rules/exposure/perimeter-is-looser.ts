import { isObject, listOf, textOf } from "../../../../policies/arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeRule } from "../rule";
import { changeText, together } from "../wording";
import { gains, isRemoved, lacks, turnsOff, turnsOn, type Worse } from "../worse";

const perimeter = /^google_access_context_manager_service_perimeter/;

/** By the name of an argument within the perimeter, in force or tried. */
const looser: readonly [names: RegExp, worse: Worse][] = [
  [/^(?:status|spec)\.(?:resources|restricted_services)$/, lacks],
  [/^(?:status|spec)\.access_levels$/, gains],
  [/^(?:status|spec)\.(?:ingress|egress)_policies\b|^(?:ingress|egress)_(?:from|to)\b/, gains],
  [/^(?:status|spec)\.vpc_accessible_services\.enable_restriction$/, turnsOff],
  [/^(?:status|spec)\.vpc_accessible_services\.allowed_services$/, gains],
  [/^status\b/, isRemoved],
  [/^use_explicit_dry_run_spec$/, turnsOn],
];

export const perimeterIsLooser = changeRule({
  id: "exposure/perimeter",
  title: "A service perimeter is looser",
  severity: "high",
  why: "The perimeter is what stops data from leaving with valid credentials (VPC Service Controls documentation). What is taken out of it, or let through, is not stopped any longer.",
  check: "Which identity may take which data where afterwards? What is only tried ('spec') stops nothing.",
  findIn: (change) => {
    if (!perimeter.test(change.type) || !change.isManaged) {
      return undefined;
    }
    const isPolicy = /gress_policy$/.test(change.type);
    if (isPolicy ? change.isCreated : change.isDestroyed && !change.isReplaced) {
      return {
        severity: change.type.includes("dry_run") ? "low" : "high",
        message: isPolicy ? `the perimeter lets more through: ${subject(change.after)}` : "it is destroyed",
      };
    }
    const worse = change.isChange ? change.arguments.filter(isLooser) : [];
    return worse.length > 0
      ? { message: together(worse.map(changeText)), differences: worse.map(({ difference }) => difference) }
      : undefined;
  },
});

function isLooser({ name, before, after, isUnknown }: ArgumentChange): boolean {
  const worse = looser.find(([names]) => names.test(name))?.[1];
  return worse !== undefined && worse.from(before) && (isUnknown || worse.to(after, before));
}

function subject(args: Readonly<Record<string, unknown>>): string {
  const from = listOf(args["ingress_from"] ?? args["egress_from"]).find(isObject);
  const who = from ? [...listOf(from["identities"]), from["identity_type"]].map(textOf).filter(Boolean) : [];
  return who.length > 0 ? together(who, ", ") : "see what it names";
}
