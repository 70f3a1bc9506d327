import { type Arguments, isNothing, isTrue, isUnknown, numberOf } from "../arguments";
import { anyOf, apart, is, must, never, refuse, valuePolicy, where } from "../checks";
import { between, matches } from "../expected";

const privateTarget = is("target", "all-apis", "vpc-sc");
const dynamicPorts = (args: Arguments) => isTrue(args["enable_dynamic_port_allocation"]);
const powerOfTwo = (min: number) => ({
  text: `a power of 2 from ${min} to 65536`,
  accepts: (value: unknown) =>
    Number.isInteger(Math.log2(numberOf(value) ?? NaN)) && between(min, 65_536).accepts(value),
});

export const compute = valuePolicy({
  id: "compute/arguments",
  why: "The provider plans these; Compute Engine and Cloud DNS refuse them (compute v1: subnetworks, firewalls, routers, globalForwardingRules; Private Service Connect, names).",
  checks: {
    google_compute_subnetwork: [
      where(
        (args) => isNothing(args["purpose"]) || args["purpose"] === "PRIVATE",
        anyOf("ip_cidr_range", "reserved_internal_range", "ip_collection", "ipv6_access_type"),
      ),
    ],
    google_compute_firewall: [
      where(
        is("direction", "EGRESS"),
        ...["source_ranges", "source_tags", "source_service_accounts"].map((name) =>
          never(name, "traffic that goes out is told by 'destination_ranges'"),
        ),
      ),
    ],
    google_compute_router_nat: [
      apart("enable_dynamic_port_allocation", "enable_endpoint_independent_mapping", "turn one of them off"),
      where(dynamicPorts, must({ min_ports_per_vm: powerOfTwo(32), max_ports_per_vm: powerOfTwo(64) })),
      where(is("nat_ip_allocate_option", "MANUAL_ONLY"), anyOf("nat_ips", "initial_nat_ips")),
      where(is("source_subnetwork_ip_ranges_to_nat", "LIST_OF_SUBNETWORKS"), anyOf("subnetwork")),
    ],
    google_compute_global_forwarding_rule: [
      where(
        privateTarget,
        refuse(
          ({ load_balancing_scheme: scheme }) => scheme !== "" && !isUnknown(scheme),
          "'load_balancing_scheme' must be \"\", which is none: left out, the provider asks for an external load balancer",
        ),
        must({
          name: matches(
            /^[a-z][a-z0-9]{0,19}$/,
            "1 to 20 lower-case letters and digits, which become part of a host name",
          ),
        }),
        never("labels", "rules for Google's APIs take none when they are made"),
      ),
    ],
    google_dns_managed_zone: [
      must({ dns_name: matches(/\.$/, 'a name that ends with a point, such as "example.com."') }),
    ],
  },
});
