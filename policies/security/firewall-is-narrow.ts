import { type Arguments, blocks, isGiven, isMissing, isTrue, isUnknown, listOf, show, textOf } from "../arguments";
import type { Policy } from "../policy";

const everywhere = ["0.0.0.0/0", "::/0"];

/** Types that hold one rule of a firewall policy, and those that hold all. */
const policyRules = [
  "google_compute_firewall_policy_rule",
  "google_compute_network_firewall_policy_rule",
  "google_compute_region_network_firewall_policy_rule",
];
const policiesWithRules = [
  "google_compute_firewall_policy_with_rules",
  "google_compute_network_firewall_policy_with_rules",
  "google_compute_region_network_firewall_policy_with_rules",
];

export const firewallIsNarrow: Policy = {
  id: "compute/firewall-is-narrow",
  kind: "security",
  types: ["google_compute_firewall", ...policyRules, ...policiesWithRules],
  why: "A rule that lets the whole internet in lets in who tries SSH and RDP all day; one without logs does not say who came.",
  controls: ["CIS GCP 3.6", "CIS GCP 3.7", "NIST 800-53 SC-7"],
  check: (args, type) =>
    policyRules.includes(type)
      ? inPolicy(args, "")
      : policiesWithRules.includes(type)
        ? blocks(args["rule"]).flatMap((rule) => inPolicy(rule, "rule."))
        : [...open(args), ...unlogged(args)],
};

function open(args: Arguments): string[] {
  const lets = isGiven(args, "allow") && args["direction"] !== "EGRESS" && !isTrue(args["disabled"]);
  return lets ? tooWide("source_ranges", args["source_ranges"]) : [];
}

function unlogged(args: Arguments): string[] {
  return isMissing(args, "log_config") && !isTrue(args["disabled"]) ? ["'log_config' must be set, got nothing"] : [];
}

/** Rules of a policy that hand over to the next one can have no logs (Cloud NGFW documentation, "Firewall policy rules logging"). */
function inPolicy(rule: Arguments, prefix: string): string[] {
  if (isTrue(rule["disabled"]) || !["allow", "deny"].includes(textOf(rule["action"]))) {
    return [];
  }
  const logging = rule["enable_logging"];
  const lets = rule["action"] === "allow" && rule["direction"] !== "EGRESS";
  const ranges = blocks(rule["match"]).flatMap((match) => listOf(match["src_ip_ranges"]));
  return [
    ...(lets ? tooWide(`${prefix}match.src_ip_ranges`, ranges) : []),
    ...(isTrue(logging) || isUnknown(logging) ? [] : [`'${prefix}enable_logging' must be true, got ${show(logging)}`]),
  ];
}

function tooWide(name: string, ranges: unknown): string[] {
  return listOf(ranges)
    .filter((range) => everywhere.includes(textOf(range)))
    .slice(0, 1)
    .map((range) => `'${name}' must not hold ${show(range)}: name the ranges that may come in`);
}
