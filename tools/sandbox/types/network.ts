import { text } from "../values/value";
import { gatewayOf, holdsRange } from "./ip-range";
import type { Draft, Kind, Kinds } from "./kind";

const compute = "https://www.googleapis.com/compute/v1";

const linked = (id: string, more: Partial<Kind> = {}): Kind => ({
  id,
  ...more,
  outputs: (draft: Draft) => ({
    self_link: `${compute}/${draft.id}`,
    creation_timestamp: draft.now,
    ...more.outputs?.(draft),
  }),
});

export const networkKinds: Kinds = {
  google_compute_network: linked("projects/{project}/global/networks/{name}", {
    serial: "digits",
    outputs: ({ serial }) => ({ numeric_id: serial, network_id: serial.slice(0, 15) }),
  }),
  google_compute_subnetwork: linked("projects/{project}/regions/{region}/subnetworks/{name}", {
    replacedBy: (prior, planned) =>
      holdsRange(text(planned, "ip_cidr_range") ?? "", text(prior, "ip_cidr_range") ?? "") ? [] : ["ip_cidr_range"],
    outputs: ({ args }) => ({
      gateway_address: gatewayOf(text(args, "ip_cidr_range") ?? ""),
      private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
      purpose: "PRIVATE",
      stack_type: "IPV4_ONLY",
    }),
  }),
  google_compute_route: linked("projects/{project}/global/routes/{name}"),
  google_compute_router: linked("projects/{project}/regions/{region}/routers/{name}"),
  google_compute_router_nat: { id: "{project}/{region}/{router:last}/{name}" },
  google_compute_firewall: linked("projects/{project}/global/firewalls/{name}"),
  google_dns_managed_zone: {
    id: "projects/{project}/managedZones/{name}",
    serial: "digits",
    outputs: ({ serial, now }) => ({
      managed_zone_id: serial.slice(0, 15),
      name_servers: [1, 2, 3, 4].map((number) => `ns-cloud-a${number}.googledomains.com.`),
      creation_time: now,
    }),
  },
  google_dns_record_set: { id: "projects/{project}/managedZones/{managed_zone:last}/rrsets/{name}/{type}" },
};
