import { type Arguments, blocks, isGiven, isTrue, listOf, textOf } from "../../../../policies/arguments";

/** A rule of a firewall, in one form for all types that hold some. */
export interface FirewallRule {
  readonly lets: boolean;
  readonly stops: boolean;
  readonly isIngress: boolean;
  /** Where from, or to where: ranges, and names of groups of them. */
  readonly ranges: readonly unknown[];
  /** Protocols, each with its ports or for all of them: `tcp:22`, `icmp`. */
  readonly ports: readonly string[];
  /** Arguments that narrow whom it is for. */
  readonly narrowedBy: readonly string[];
}

/** Types that hold one rule of a firewall policy, and those that hold all. */
const policyRule = /^google_compute_(?:region_)?(?:network_)?firewall_policy_rule$/;
const policyWithRules = /^google_compute_(?:region_)?(?:network_)?firewall_policy_with_rules$/;

export function isFirewall(type: string): boolean {
  return type === "google_compute_firewall" || policyRule.test(type) || policyWithRules.test(type);
}

/** The rules that an object holds, by their priority within it. */
export function firewallRules(type: string, args: Arguments): ReadonlyMap<string, FirewallRule> {
  if (type === "google_compute_firewall") {
    return new Map([["", ofFirewall(args)]]);
  }
  return policyWithRules.test(type)
    ? new Map(blocks(args["rule"]).map((rule) => [textOf(rule["priority"]), ofPolicy(rule)]))
    : new Map([["", ofPolicy(args)]]);
}

function ofFirewall(args: Arguments): FirewallRule {
  const isIngress = args["direction"] !== "EGRESS";
  const acts = !isTrue(args["disabled"]);
  const narrowing = ["source_tags", "source_service_accounts", "target_tags", "target_service_accounts"];
  return {
    lets: acts && isGiven(args, "allow"),
    stops: acts && isGiven(args, "deny"),
    isIngress,
    ranges: listOf(args[isIngress ? "source_ranges" : "destination_ranges"]),
    ports: blocks(args["allow"]).flatMap(({ protocol, ports }) => portsOf(protocol, ports)),
    narrowedBy: narrowing.filter((name) => listOf(args[name]).length > 0),
  };
}

function ofPolicy(rule: Arguments): FirewallRule {
  const isIngress = rule["direction"] !== "EGRESS";
  const acts = !isTrue(rule["disabled"]);
  const matches = blocks(rule["match"]);
  const side = isIngress ? "src" : "dest";
  const named = ["ip_ranges", "address_groups", "fqdns", "region_codes", "threat_intelligences"];
  const tags = matches.flatMap((match) => blocks(match["src_secure_tags"] ?? match["src_secure_tag"]));
  const layers = matches.flatMap((match) => blocks(match["layer4_configs"] ?? match["layer4_config"]));
  const narrowing = ["target_resources", "target_secure_tags", "target_secure_tag", "target_service_accounts"];
  return {
    lets: acts && rule["action"] === "allow",
    stops: acts && rule["action"] === "deny",
    isIngress,
    ranges: [
      ...matches.flatMap((match) => named.flatMap((name) => listOf(match[`${side}_${name}`]))),
      ...(isIngress ? tags.map(({ name }) => name) : []),
    ],
    ports: layers.flatMap(({ ip_protocol: protocol, ports }) => portsOf(protocol, ports)),
    narrowedBy: narrowing.filter((name) => listOf(rule[name]).length > 0),
  };
}

function portsOf(protocol: unknown, ports: unknown): string[] {
  const all = listOf(ports).map((port) => `${textOf(protocol)}:${textOf(port)}`);
  return all.length > 0 ? all : [textOf(protocol)];
}
