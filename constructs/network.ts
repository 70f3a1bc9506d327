import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRoute } from "@cdktf/provider-google/lib/compute-route";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { PlatformStack } from "./platform-stack";

/** A VPC network with one private subnet in the environment's region. */
export interface INetwork {
  /** `projects/{project}/global/networks/{name}` */
  readonly networkId: string;

  /** `projects/{project}/regions/{region}/subnetworks/{name}` */
  readonly subnetworkId: string;

  /** `regions/{region}/subnetworks/{name}`, as Dataflow wants it. */
  readonly subnetworkPath: string;
}

export interface NetworkProps {
  /** Name of the network, its subnet, router and NAT. */
  readonly networkName: string;

  /** Primary range of the subnet, such as `10.10.0.0/20`. */
  readonly subnetCidr: string;

  /** What must exist before the network, such as the enabled service. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A network whose machines have no public addresses: Google's services are reached privately, the internet through NAT,
 * and nothing reaches them but Dataflow workers each other.
 */
export class Network extends Construct implements INetwork {
  /** A network that another stack makes. */
  static fromName(scope: Construct, networkName: string): INetwork {
    const { project, region } = PlatformStack.of(scope).environment;
    return {
      networkId: `projects/${project}/global/networks/${networkName}`,
      subnetworkId: `projects/${project}/regions/${region}/subnetworks/${networkName}`,
      subnetworkPath: `regions/${region}/subnetworks/${networkName}`,
    };
  }

  readonly networkId: string;
  readonly subnetworkId: string;
  readonly subnetworkPath: string;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { region } = PlatformStack.of(this).environment;
    const { networkName: name } = props;

    const network = new ComputeNetwork(this, "Resource", {
      name,
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
      deleteDefaultRoutesOnCreate: true,
      dependsOn: props.dependsOn,
    });
    const subnetwork = new ComputeSubnetwork(this, "Subnet", {
      name,
      region,
      network: network.id,
      ipCidrRange: props.subnetCidr,
      privateIpGoogleAccess: true,
      stackType: "IPV4_ONLY",
      logConfig: { aggregationInterval: "INTERVAL_10_MIN", flowSampling: 0.5, metadata: "INCLUDE_ALL_METADATA" },
    });
    this.networkId = network.id;
    this.subnetworkId = subnetwork.id;
    this.subnetworkPath = `regions/${region}/subnetworks/${subnetwork.name}`;

    this.letOut(name, region);
    this.letDataflowWorkersTalk(name);
    new ComputeFirewall(this, "DenyIngress", {
      name: `${name}-deny-ingress`,
      network: network.id,
      direction: "INGRESS",
      priority: 65_534,
      sourceRanges: ["0.0.0.0/0"],
      deny: [{ protocol: "all" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    });
  }

  /** The way out: a default route, since the network starts without one, and NAT for machines without public addresses. */
  private letOut(name: string, region: string): void {
    new ComputeRoute(this, "DefaultRoute", {
      name: `${name}-default`,
      network: this.networkId,
      destRange: "0.0.0.0/0",
      nextHopGateway: "default-internet-gateway",
      priority: 1000,
    });
    const router = new ComputeRouter(this, "Router", { name, region, network: this.networkId });
    new ComputeRouterNat(this, "Nat", {
      name,
      region,
      router: router.name,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetwork: [{ name: this.subnetworkId, sourceIpRangesToNat: ["ALL_IP_RANGES"] }],
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  }

  /** Dataflow tags its workers `dataflow`; they shuffle data among themselves on these ports. */
  private letDataflowWorkersTalk(name: string): void {
    new ComputeFirewall(this, "DataflowWorkers", {
      name: `${name}-dataflow-workers`,
      network: this.networkId,
      direction: "INGRESS",
      priority: 1000,
      sourceTags: ["dataflow"],
      targetTags: ["dataflow"],
      allow: [{ protocol: "tcp", ports: ["12345-12346"] }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    });
  }
}
