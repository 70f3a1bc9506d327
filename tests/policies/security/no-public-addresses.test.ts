import { checkArguments } from "../../../policies/check";
import { asPlanned } from "../support/planned-shape";

const says = (networkInterface: object, type = "google_compute_instance") => {
  const args = { machine_type: "n2-standard-4", network_interface: networkInterface };
  return [args, asPlanned(type, args, Object.keys(args))].map((shape) =>
    checkArguments(type, shape)
      .filter(({ policy }) => policy === "compute/no-public-addresses")
      .map(({ message }) => message),
  );
};

const message = (name: string) =>
  `'network_interface.${name}' must not be set: let Cloud NAT and Private Google Access lead out`;

test.each([
  ["an address that Google picks", { access_config: {} }, "access_config"],
  [
    "an address that is known later",
    { access_config: { nat_ip: "${google_compute_address.a.address}" } },
    "access_config",
  ],
  ["an address of version 6", { ipv6_access_config: { network_tier: "PREMIUM" } }, "ipv6_access_config"],
])("%s is refused", (_, networkInterface, name) => {
  expect(says(networkInterface)).toEqual([[message(name)], [message(name)]]);
});

test.each([
  "google_compute_instance_from_template",
  "google_compute_instance_template",
  "google_compute_region_instance_template",
])("a %s with an address is refused", (type) => {
  expect(says({ access_config: {} }, type)).toEqual([[message("access_config")], [message("access_config")]]);
});

test.each([
  ["a machine without one", { subnetwork: "workers" }],
  ["blocks that are known later", { access_config: "${var.access}" }],
])("%s passes", (_, networkInterface) => {
  expect(says(networkInterface)).toEqual([[], []]);
});
