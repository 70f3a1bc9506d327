import { listOf, valueAt, textOf } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";

export const networkDeniesIngress: StackPolicy = {
  id: "compute/network-denies-ingress",
  types: ["google_compute_network"],
  why: "The rule that every network ends with denies too, but logs nothing: a rule of one's own shows who tried.",
  controls: ["NIST 800-53 AU-12", "NIST 800-53 SC-7"],
  checkStacks: (stacks) =>
    stacks.flatMap((stack) =>
      stack
        .ofType("google_compute_network")
        .filter((network) => !stacks.some((other) => denies(other, network, stack)))
        .map(({ address }) => ({
          stack: stack.name,
          address,
          message: "the network must have a google_compute_firewall that denies all INGRESS from 0.0.0.0/0: add it",
        })),
    ),
};

function denies(stack: Stack, network: Resource, home: Stack): boolean {
  const name = textOf(network.args["name"]);
  return stack.ofType("google_compute_firewall").some(({ args }) => {
    const of = textOf(args["network"]);
    const same =
      (stack === home && of.includes(`\${${network.address}.`)) || of === name || of.endsWith(`/networks/${name}`);
    const all = valueAt(args, "deny.protocol") === "all";
    return same && all && args["direction"] !== "EGRESS" && listOf(args["source_ranges"]).includes("0.0.0.0/0");
  });
}
