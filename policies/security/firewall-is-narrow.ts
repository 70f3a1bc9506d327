import { type Arguments, isGiven, isMissing, listOf, show, textOf, isTrue } from "../arguments";
import type { Policy } from "../policy";

const everywhere = ["0.0.0.0/0", "::/0"];

export const firewallIsNarrow: Policy = {
  id: "compute/firewall-is-narrow",
  kind: "security",
  types: ["google_compute_firewall"],
  why: "A rule that lets the whole internet in lets in who tries SSH and RDP all day; one without logs does not say who came.",
  controls: ["CIS GCP 3.6", "CIS GCP 3.7", "NIST 800-53 SC-7"],
  check: (args) => [...open(args), ...unlogged(args)],
};

function open(args: Arguments): string[] {
  const ranges = listOf(args["source_ranges"]).filter((range) => everywhere.includes(textOf(range)));
  const lets = isGiven(args, "allow") && args["direction"] !== "EGRESS" && !isTrue(args["disabled"]);
  return lets && ranges.length > 0
    ? [`'source_ranges' must not hold ${show(ranges[0])}: name the ranges that may come in`]
    : [];
}

function unlogged(args: Arguments): string[] {
  return isMissing(args, "log_config") && !isTrue(args["disabled"]) ? ["'log_config' must be set, got nothing"] : [];
}
