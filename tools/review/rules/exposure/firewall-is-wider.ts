import { type Arguments, isAmong, isGiven, isTrue, listOf, show, textOf } from "../../../../policies/arguments";
import type { Change } from "../../change";
import { changeRule, type Hit } from "../rule";
import { everywhere, isOutside } from "./ranges";

export const firewallIsWider = changeRule({
  id: "exposure/firewall",
  title: "A firewall lets more in, or out",
  severity: "critical",
  why: "What listens behind it can be reached from there, at once. What is open to the whole internet is found within minutes.",
  check: "Which ports are open to whom afterwards, and what listens there?",
  findIn: (change) =>
    change.type === "google_compute_firewall" && change.isManaged && (change.isChange || change.isDestroyed)
      ? judge(change)
      : undefined,
});

function judge(change: Change): Omit<Hit, "address"> | undefined {
  const { before, after, differences } = change;
  if (blocks(before) && !blocks(after)) {
    return { severity: "high", message: "a rule that denies is gone, or does not act any longer", differences };
  }
  if (!allows(after)) {
    return undefined;
  }
  const side = after["direction"] === "EGRESS" ? "destination_ranges" : "source_ranges";
  const was = allows(before) ? listOf(before[side]) : [];
  const added = listOf(after[side]).filter((range) => isOutside(range, was));
  if (added.length > 0) {
    const isOpen = side === "source_ranges" && added.some((range) => isAmong(range, everywhere));
    return {
      severity: isOpen ? "critical" : "high",
      message: `a rule lets ${show(added)} through that it did not before`,
      differences: [side, "disabled", "allow"].flatMap((name) => change.of(name)),
    };
  }
  const opened = change.of("allow").filter(({ after: port }) => textOf(port) !== "" || listOf(port).length > 0);
  const lessPicky = ["source_tags", "source_service_accounts", "target_tags", "target_service_accounts"].flatMap(
    (name) => (listOf(before[name]).length > 0 && listOf(after[name]).length === 0 ? change.of(name) : []),
  );
  return opened.length + lessPicky.length > 0
    ? {
        severity: "high",
        message: "a rule lets through to more ports, or from or to more machines",
        differences: [...opened, ...lessPicky],
      }
    : undefined;
}

function allows(rule: Arguments): boolean {
  return isGiven(rule, "allow") && !isTrue(rule["disabled"]);
}

function blocks(rule: Arguments): boolean {
  return isGiven(rule, "deny") && !isTrue(rule["disabled"]);
}
