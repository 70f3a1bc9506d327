import { GoogleDataflowFlexTemplateJob } from "@cdktf/provider-google-beta/lib/google-dataflow-flex-template-job";
import { Construct } from "constructs";

import { type DataflowTemplateName, flexTemplatePath } from "../catalog/dataflow-templates";
import type { IBucket } from "./bucket";
import type { IEncryptionKey } from "./encryption-key";
import { requireRange } from "./errors";
import type { Grant } from "./grant";
import type { INetwork } from "./network";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";

export interface StreamingJobProps {
  /** Name within the region; a job keeps it when it is updated in place. */
  readonly jobName: string;

  /** Google's template. */
  readonly template: DataflowTemplateName;

  /**
   * Parameters of the template. Dataflow's own options (workers, network, account) are arguments of the job: the provider
   * crashes on some of them when they are given here too.
   */
  readonly parameters: Readonly<Record<string, string>>;

  /** Identity of the workers. */
  readonly serviceAccount: IServiceAccount;

  /** Grants without which the workers fail when they start. */
  readonly grants: readonly Grant[];

  /** Bucket for staged code and temporary files. */
  readonly temporaryBucket: IBucket;

  readonly network: INetwork;

  /** Key that encrypts the job's state and its workers' disks. */
  readonly encryptionKey: IEncryptionKey;

  /**
   * Compute Engine machine type of the workers.
   * @default n2-standard-2
   */
  readonly machineType?: string;

  /**
   * Most workers it scales to: 1 to 1000.
   * @default 2
   */
  readonly maxWorkers?: number;
}

/** A Dataflow job that never ends, on workers without public addresses. It drains when destroyed, so that nothing is lost. */
export class StreamingJob extends Construct {
  constructor(scope: Construct, id: string, props: StreamingJobProps) {
    super(scope, id);
    const stack = PlatformStack.of(this);
    const { project, region } = stack.environment;
    const { machineType = "n2-standard-2", maxWorkers = 2 } = props;
    requireRange(this, "maxWorkers", maxWorkers, 1, 1000);

    new GoogleDataflowFlexTemplateJob(this, "Resource", {
      provider: stack.betaProvider,
      project,
      name: props.jobName,
      region,
      containerSpecGcsPath: flexTemplatePath(region, props.template),
      parameters: { ...props.parameters },
      serviceAccountEmail: props.serviceAccount.email,
      subnetwork: props.network.subnetworkPath,
      ipConfiguration: "WORKER_IP_PRIVATE",
      machineType,
      launcherMachineType: "n1-standard-1",
      numWorkers: 1,
      maxWorkers,
      autoscalingAlgorithm: "THROUGHPUT_BASED",
      enableStreamingEngine: true,
      kmsKeyName: props.encryptionKey.keyId,
      tempLocation: `gs://${props.temporaryBucket.bucketName}/temp`,
      stagingLocation: `gs://${props.temporaryBucket.bucketName}/staging`,
      onDelete: "drain",
      skipWaitOnJobTermination: false,
      dependsOn: [...props.encryptionKey.grants, ...props.grants],
    });
  }
}
