import { closest } from "fastest-levenshtein";

import type { Finding } from "./check";
import { policies, stackPolicies } from "./policies";

/** A finding that somebody has seen and accepted, for a time. */
export interface Acknowledgement {
  /** Id of the policy. */
  readonly policy: string;
  /** `stack/address`; a `*` at the end stands for anything. */
  readonly address: string;
  readonly reason: string;
  /**
   * Last day it holds, as YYYY-MM-DD.
   * @default - it holds as long as a setting of the environment says so, and need not match anything
   */
  readonly expires?: string | undefined;
}

const ids = [...policies, ...stackPolicies].map(({ id }) => id);

/**
 * Findings without those that are acknowledged. An acknowledgement that expired, or that matches nothing, is a finding
 * itself. `today` is YYYY-MM-DD.
 */
export function acknowledge(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  today: string,
): Finding[] {
  const live = acknowledgements.filter(({ expires }) => expires === undefined || expires >= today);
  const open = findings.filter((finding) => !live.some((acknowledgement) => covers(acknowledgement, finding)));
  return [...open, ...acknowledgements.flatMap((each) => stale(each, findings, today))];
}

function stale(acknowledgement: Acknowledgement, findings: readonly Finding[], today: string): Finding[] {
  const { policy, address: path, expires } = acknowledgement;
  const [stack = "", ...rest] = path.split("/");
  const place = { stack, address: rest.join("/") };
  if (expires === undefined) {
    return [];
  }
  if (!ids.includes(policy)) {
    const message = `the acknowledged policy must be one of 'mlp policies', got '${policy}': did you mean '${closest(policy, ids)}'?`;
    return [{ ...place, policy: "acknowledgement/unknown-policy", message }];
  }
  if (!findings.some((finding) => covers(acknowledgement, finding))) {
    const others = findings.filter((finding) => finding.policy === policy).map(pathOf);
    const advice = others.length === 0 ? "remove it" : `remove it, or did you mean '${closest(path, others)}'?`;
    const message = `the acknowledgement of ${policy} matches no finding: ${advice}`;
    return [{ ...place, policy: "acknowledgement/unused", message }];
  }
  const message = `the acknowledgement of ${policy} expired on ${expires}: mend what it is about, or give it a new date and reason`;
  return expires < today ? [{ ...place, policy: "acknowledgement/expired", message }] : [];
}

/** Whether an acknowledgement accepts a finding, for as long as it holds. */
export function covers({ policy, address }: Acknowledgement, finding: Omit<Finding, "message">): boolean {
  const path = pathOf(finding);
  const matches = address.endsWith("*") ? path.startsWith(address.slice(0, -1)) : path === address;
  return matches && policy === finding.policy;
}

function pathOf({ stack, address }: Omit<Finding, "message">): string {
  return `${stack}/${address}`;
}
