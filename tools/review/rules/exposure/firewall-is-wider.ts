import { isAmong, show } from "../../../../policies/arguments";
import { severities } from "../../severity";
import { changeRule, type Hit } from "../rule";
import { together } from "../wording";
import { type FirewallRule, firewallRules, isFirewall } from "./firewall-rules";
import { everywhere, isOutside } from "./ranges";

type Wider = Required<Pick<Hit, "severity" | "message">>;

export const firewallIsWider = changeRule({
  id: "exposure/firewall",
  title: "A firewall lets more in, or out",
  severity: "critical",
  why: "What listens behind it can be reached from there, at once. What is open to the whole internet is found within minutes.",
  check: "Which ports are open to whom afterwards, and what listens there?",
  findIn: (change) => {
    const { type, isManaged, isChange, isDestroyed } = change;
    if (!isFirewall(type) || !isManaged || !(isChange || isDestroyed)) {
      return undefined;
    }
    const [before, after] = [firewallRules(type, change.before), firewallRules(type, change.after)];
    const found = [...new Set([...before.keys(), ...after.keys()])].flatMap(
      (name) => judge(before.get(name), after.get(name)) ?? [],
    );
    return found.length > 0
      ? {
          severity: severities.find((severity) => found.some((each) => each.severity === severity))!,
          message: together(found.map(({ message }) => message)),
          differences: change.differences.filter(({ isUnknown }) => !isUnknown),
        }
      : undefined;
  },
});

function judge(before: FirewallRule | undefined, after: FirewallRule | undefined): Wider | undefined {
  if (before?.stops && !after?.stops) {
    return { severity: "high", message: "a rule that denies is gone, or does not act any longer" };
  }
  if (!after?.lets) {
    return undefined;
  }
  const was = before?.lets && before.isIngress === after.isIngress ? before : undefined;
  const added = after.ranges.filter((range) => isOutside(range, was?.ranges ?? []));
  if (added.length > 0) {
    const isOpen = after.isIngress && added.some((range) => isAmong(range, everywhere));
    return {
      severity: isOpen ? "critical" : "high",
      message: `a rule lets ${show(added)} through that it did not before`,
    };
  }
  const opened = after.ports.some((port) => !isCovered(port, was?.ports ?? []));
  const isLessPicky = was !== undefined && was.narrowedBy.some((name) => !after.narrowedBy.includes(name));
  return opened || isLessPicky
    ? { severity: "high", message: "a rule lets through to more ports, or from or to more machines" }
    : undefined;
}

/** Whether a port was open before, by itself or with all of its protocol. */
function isCovered(port: string, ports: readonly string[]): boolean {
  return [port, port.split(":")[0]!, "all"].some((name) => ports.includes(name));
}
