import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRoute } from "@cdktf/provider-google/lib/compute-route";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";

import { Network } from "../../constructs/network";
import { reference, resolve, templateOf, testStack } from "../support/template";

const api = { fqn: "google_project_service.compute" };
const props = { networkName: "platform", subnetCidr: "10.10.0.0/20", dependsOn: [api] };
const network = templateOf((stack) => new Network(stack, "Network", props));

test("a network is one subnet, a way out, and two firewall rules", () => {
  expect(network.counts).toEqual({
    google_compute_network: 1,
    google_compute_subnetwork: 1,
    google_compute_route: 1,
    google_compute_router: 1,
    google_compute_router_nat: 1,
    google_compute_firewall: 2,
  });
});

test("the network makes no subnets or routes by itself, and waits for its service", () => {
  expect(network.only(ComputeNetwork)).toEqual({
    name: "platform",
    auto_create_subnetworks: false,
    routing_mode: "REGIONAL",
    delete_default_routes_on_create: true,
    depends_on: [api.fqn],
  });
});

test("the subnet reaches Google privately and logs its flows", () => {
  expect(network.only(ComputeSubnetwork)).toEqual({
    name: "platform",
    region: "europe-west4",
    network: reference(ComputeNetwork, "id"),
    ip_cidr_range: "10.10.0.0/20",
    private_ip_google_access: true,
    stack_type: "IPV4_ONLY",
    log_config: { aggregation_interval: "INTERVAL_10_MIN", flow_sampling: 0.5, metadata: "INCLUDE_ALL_METADATA" },
  });
});

test("machines reach the internet through NAT", () => {
  expect(network.only(ComputeRoute)).toMatchObject({
    name: "platform-default",
    network: reference(ComputeNetwork, "id"),
    dest_range: "0.0.0.0/0",
    next_hop_gateway: "default-internet-gateway",
  });
  expect(network.only(ComputeRouter)).toEqual({
    name: "platform",
    region: "europe-west4",
    network: reference(ComputeNetwork, "id"),
  });
  expect(network.only(ComputeRouterNat)).toEqual({
    name: "platform",
    region: "europe-west4",
    router: reference(ComputeRouter, "name"),
    nat_ip_allocate_option: "AUTO_ONLY",
    source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
    subnetwork: [{ name: reference(ComputeSubnetwork, "id"), source_ip_ranges_to_nat: ["ALL_IP_RANGES"] }],
    enable_dynamic_port_allocation: true,
    enable_endpoint_independent_mapping: false,
    min_ports_per_vm: 64,
    max_ports_per_vm: 4096,
    log_config: { enable: true, filter: "ERRORS_ONLY" },
  });
});

test("nothing comes in but Dataflow workers to each other, and what is refused is logged", () => {
  const rules = network.all(ComputeFirewall);
  const logged = { network: reference(ComputeNetwork, "id"), log_config: { metadata: "INCLUDE_ALL_METADATA" } };
  expect(rules).toHaveLength(2);
  expect(rules).toContainEqual({
    name: "platform-deny-ingress",
    direction: "INGRESS",
    priority: 65_534,
    source_ranges: ["0.0.0.0/0"],
    deny: [{ protocol: "all" }],
    ...logged,
  });
  expect(rules).toContainEqual({
    name: "platform-dataflow-workers",
    direction: "INGRESS",
    priority: 1000,
    source_tags: ["dataflow"],
    target_tags: ["dataflow"],
    allow: [{ protocol: "tcp", ports: ["12345-12346"] }],
    ...logged,
  });
});

test("what is attached to the network waits for it", () => {
  const stack = testStack();
  const { networkId, subnetworkId } = new Network(stack, "Network", props);
  expect(resolve(stack, { networkId, subnetworkId })).toEqual({
    networkId: reference(ComputeNetwork, "id"),
    subnetworkId: reference(ComputeSubnetwork, "id"),
  });
});

test("a network that another stack makes is known by its name", () => {
  const stack = testStack({ region: "us-central1" });
  expect(Network.fromName(stack, "platform")).toEqual({
    networkId: "projects/acme-ml-dev/global/networks/platform",
    subnetworkId: "projects/acme-ml-dev/regions/us-central1/subnetworks/platform",
    subnetworkPath: "regions/us-central1/subnetworks/platform",
  });
});
