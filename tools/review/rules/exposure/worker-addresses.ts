import { type Arguments, blocks, isObject, listOf } from "../../../../policies/arguments";
import type { Change } from "../../change";
import type { Hit, ReviewRule } from "../rule";
import { watchRule } from "../watch-rule";
import { becomes, leaves, turnsOff } from "../worse";

const switches = watchRule({
  id: "exposure/worker-addresses",
  title: "Machines get public addresses",
  severity: "high",
  why: "A machine with a public address can be reached from the internet, and can send data there past the network's own way out.",
  check: "What does it need from the internet, and would Cloud NAT or Private Google Access do?",
  watched: {
    google_data_pipeline_pipeline: {
      "workload.dataflow_flex_template_request.launch_parameter.environment.ip_configuration":
        becomes("WORKER_IP_PUBLIC"),
      "workload.dataflow_launch_template_request.launch_parameters.environment.ip_configuration":
        becomes("WORKER_IP_PUBLIC"),
    },
    google_dataflow_flex_template_job: { ip_configuration: leaves("WORKER_IP_PRIVATE") },
    google_dataflow_job: { ip_configuration: leaves("WORKER_IP_PRIVATE") },
    google_dataproc_cluster: { "cluster_config.gce_cluster_config.internal_ip_only": turnsOff },
    google_notebooks_instance: { no_public_ip: turnsOff },
    google_workbench_instance: { "gce_setup.disable_public_ip": turnsOff },
  },
});

/** A machine is there with an address as soon as the block is, which address Google only tells later. */
export const workerAddresses: ReviewRule = {
  ...switches,
  find: (stack, others) => [...switches.find(stack, others), ...stack.changes.flatMap(ofMachine)],
};

const machine = /^google_compute_(?:region_)?instance(?:_from_template|_template)?$/;

function ofMachine(change: Change): Hit[] {
  if (!machine.test(change.type) || !change.isManaged || !change.isChange) {
    return [];
  }
  const [before, after] = [addressesOf(change.before), addressesOf(change.after)];
  const had = before === 0 ? "none" : String(before);
  const message = `it has ${after} public ${after === 1 ? "address" : "addresses"}, and had ${had}`;
  const differences = ["access_config", "ipv6_access_config"].flatMap((name) => change.of(`network_interface.${name}`));
  return after > before ? [{ address: change.address, deposed: change.planned.deposed, message, differences }] : [];
}

function addressesOf({ network_interface: interfaces }: Arguments): number {
  return blocks(interfaces)
    .flatMap((each) => [...listOf(each["access_config"]), ...listOf(each["ipv6_access_config"])])
    .filter(isObject).length;
}
