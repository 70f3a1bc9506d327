import { didYouMean } from "../../config/nearest";
import { quote } from "../../config/text";
import { type Acknowledgement as PolicyAcknowledgement, covers } from "../../policies/acknowledge";
import { policies, stackPolicies } from "../../policies/policies";
import { sha256 } from "../delivery/digest";
import type { Acknowledgement } from "./acknowledgements";
import type { ReviewFinding } from "./review";
import { reviewRules } from "./rules/rules";
import type { Severity } from "./severity";

/**
 * Marks findings that are accepted, and adds what is wrong with what accepts them. Nothing can be said of acknowledgements of stacks
 * that have no plan here.
 */
export type Acceptance = (findings: readonly ReviewFinding[], planned: readonly string[]) => readonly ReviewFinding[];

export interface Accepted {
  /** Each accepts one change. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** What environments accept of policies, whatever changes. */
  readonly policies: readonly PolicyAcknowledgement[];
  /** YYYY-MM-DD */
  readonly today: string;
}

const policyIds = new Set([...policies, ...stackPolicies].map(({ id }) => id));

export function acceptance({ acknowledgements, policies: ofPolicies, today }: Accepted): Acceptance {
  const isLive = ({ expires }: { readonly expires?: string | undefined }) => expires === undefined || expires >= today;
  const acknowledged = (finding: ReviewFinding): ReviewFinding["acknowledged"] => {
    const { rule, stack, address } = finding;
    const own = acknowledgements.find((each) => isLive(each) && accepts(each, finding));
    const found =
      own ??
      (policyIds.has(rule)
        ? ofPolicies.find((each) => isLive(each) && covers(each, { policy: rule, stack, address }))
        : undefined);
    return found
      ? { reason: found.reason, expires: found.expires ?? null, acknowledgedBy: own?.acknowledgedBy ?? null }
      : null;
  };
  return (findings, planned) => {
    const marked = findings.map((finding) => ({ ...finding, acknowledged: acknowledged(finding) }));
    const judged = acknowledgements.filter(({ stack }) => planned.includes(stack));
    return [...marked, ...judged.flatMap((each) => stale(each, marked, today))];
  };
}

function accepts({ digest, ...acknowledgement }: Acknowledgement, finding: ReviewFinding): boolean {
  return digest === finding.digest && isAbout(acknowledgement, finding);
}

function isAbout({ rule, stack, address }: Omit<Acknowledgement, "digest">, finding: ReviewFinding): boolean {
  return rule === finding.rule && stack === finding.stack && address === finding.address;
}

/** What is wrong with an acknowledgement, where something is. */
function stale(acknowledgement: Acknowledgement, findings: readonly ReviewFinding[], today: string): ReviewFinding[] {
  const { rule, where, expires, digest } = acknowledgement;
  const known = new Set([...reviewRules.map(({ id }) => id), ...policyIds, ...findings.map((finding) => finding.rule)]);
  if (!known.has(rule)) {
    const message = `the acknowledged rule in ${where} must be a rule of the review, got ${quote(rule)}${didYouMean(rule, known)}`;
    return [about(acknowledgement, "unknown-rule", message)];
  }
  const subject = `the acknowledgement of ${rule} in ${where}`;
  if (findings.some((finding) => accepts(acknowledgement, finding))) {
    const advice = "mend what it is about, or give it a new date and reason";
    return expires < today ? [about(acknowledgement, "expired", `${subject} expired on ${expires}: ${advice}`)] : [];
  }
  const now = findings.filter((finding) => isAbout(acknowledgement, finding) && finding.acknowledged === null);
  if (now.length > 0) {
    const digests = now.map((finding) => finding.digest).join(" or ");
    const message = `${subject} accepts another change: its digest is ${digest}, that of the change is now ${digests}; read what changes, then acknowledge that or remove it`;
    return [about(acknowledgement, "changed", message)];
  }
  const named = findings.filter((finding) => finding.rule === rule).map((finding) => finding.address);
  const message = `${subject} matches no finding: remove it${didYouMean(acknowledgement.address, named)}`;
  return [about(acknowledgement, "unused", message)];
}

type Fault = "unknown-rule" | "expired" | "changed" | "unused";

const faults: Readonly<Record<Fault, { title: string; severity: Severity; why: string; check: string }>> = {
  "unknown-rule": {
    title: "An acknowledgement names no rule",
    severity: "medium",
    why: "What it was written for is not accepted.",
    check: "Which rule was meant?",
  },
  expired: {
    title: "An acknowledgement has expired",
    severity: "medium",
    why: "What was accepted for a time is open again.",
    check: "Does the reason still hold, and until when?",
  },
  changed: {
    title: "What was acknowledged has changed",
    severity: "medium",
    why: "Somebody accepted another change than the one that is planned now.",
    check: "What is planned now that was not when it was accepted?",
  },
  unused: {
    title: "An acknowledgement is no longer needed",
    severity: "low",
    why: "What it accepted was applied or taken back. It would accept the same change again.",
    check: "Can it be removed?",
  },
};

function about({ stack, address, rule, digest }: Acknowledgement, fault: Fault, message: string): ReviewFinding {
  return {
    ...faults[fault],
    rule: `acknowledgement/${fault}`,
    stack,
    address,
    deposed: null,
    constructPath: null,
    message,
    differences: [],
    digest: sha256(JSON.stringify([fault, rule, stack, address, digest])),
    acknowledged: null,
  };
}
