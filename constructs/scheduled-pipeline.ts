import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";

import type { IBucket } from "./bucket";
import type { IEncryptionKey } from "./encryption-key";
import type { Grant } from "./grant";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";

/** A compiled KFP pipeline (PipelineSpec), as far as the platform touches it. */
export interface PipelineSpecification {
  readonly pipelineInfo: { readonly name: string };
  readonly deploymentSpec: {
    readonly executors: Readonly<Record<string, { readonly container?: { readonly image: string } }>>;
  };
}

export interface ScheduledPipelineProps {
  /** Name within the region, of the schedule and of its runs. */
  readonly pipelineName: string;

  readonly specification: PipelineSpecification;

  /** Values of the pipeline's parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;

  /**
   * Images of executors, by executor.
   * @default - those of the specification
   */
  readonly images?: Readonly<Record<string, string>>;

  /** Five cron fields. */
  readonly schedule: string;

  /** Time zone of the schedule, such as `Europe/Amsterdam`. */
  readonly timeZone: string;

  /**
   * Keeps the schedule but does not run it.
   * @default false
   */
  readonly paused?: boolean;

  /** Identity of the pipeline's steps. */
  readonly runner: IServiceAccount;

  /** Identity that starts the pipeline; it gets to act as the runner. */
  readonly scheduler: IServiceAccount;

  /** Bucket for what the steps hand to each other. */
  readonly root: IBucket;

  /** Key that encrypts the run and its artifacts. */
  readonly encryptionKey: IEncryptionKey;

  /** Grants without which a run fails. */
  readonly grants: readonly Grant[];
}

/**
 * A Vertex AI pipeline that Cloud Scheduler starts. The request is fixed: a pipeline that needs the date takes it from its
 * own clock. Cloud Scheduler may start a run twice, so steps must bear it.
 */
export class ScheduledPipeline extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledPipelineProps) {
    super(scope, id);
    const { executors } = props.specification.deploymentSpec;
    const unknown = Object.keys(props.images ?? {}).find((executor) => !Object.hasOwn(executors, executor));
    if (unknown !== undefined) {
      throw new Error(
        `${this.node.path}: 'images' must name executors (${Object.keys(executors).join(", ")}), got '${unknown}'`,
      );
    }
    const stack = PlatformStack.of(this);
    const { project, region } = stack.environment;

    const pipelineJob = {
      displayName: props.pipelineName,
      labels: { ...stack.labels, pipeline: props.pipelineName },
      serviceAccount: props.runner.email,
      encryptionSpec: { kmsKeyName: props.encryptionKey.keyId },
      pipelineSpec: withImages(props.specification, props.images ?? {}),
      runtimeConfig: {
        gcsOutputDirectory: `gs://${props.root.bucketName}/${props.pipelineName}`,
        parameterValues: props.parameters,
      },
    };

    const request = new TerraformLocal(this, "Request", asTemplate(pipelineJob));

    new CloudSchedulerJob(this, "Resource", {
      name: props.pipelineName,
      region,
      description: `Starts the Vertex AI pipeline ${props.specification.pipelineInfo.name}`,
      schedule: props.schedule,
      timeZone: props.timeZone,
      paused: props.paused ?? false,
      attemptDeadline: "320s",
      retryConfig: { retryCount: 3, minBackoffDuration: "10s", maxBackoffDuration: "300s", maxDoublings: 3 },
      httpTarget: {
        httpMethod: "POST",
        uri: `https://${region}-aiplatform.googleapis.com/v1/projects/${project}/locations/${region}/pipelineJobs`,
        headers: { "Content-Type": "application/json" },
        body: Fn.base64encode(request.asString),
        oauthToken: {
          serviceAccountEmail: props.scheduler.email,
          scope: "https://www.googleapis.com/auth/cloud-platform",
        },
      },
      // Google adds an Authorization header to the answer, and provider 6.50 shows it as a difference (fixed in 7.31).
      lifecycle: { ignoreChanges: ["http_target[0].headers"] },
      dependsOn: [props.runner.grantActAs(props.scheduler), ...props.encryptionKey.grants, ...props.grants],
    });
  }
}

/**
 * JSON as the text of a Terraform template: only cdktf's own references stay expressions. A local holds it, since within a
 * function cdktf would not escape the quotes of a step's command.
 */
function asTemplate(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/\$\{(?!TfToken\[)/g, "$$$${")
    .replace(/%\{/g, "%%{");
}

function withImages(
  specification: PipelineSpecification,
  images: Readonly<Record<string, string>>,
): PipelineSpecification {
  const executors = Object.entries(specification.deploymentSpec.executors).map(([name, executor]) => {
    const image = images[name];
    return [name, image === undefined ? executor : { ...executor, container: { ...executor.container, image } }];
  });
  return {
    ...specification,
    deploymentSpec: { ...specification.deploymentSpec, executors: Object.fromEntries(executors) },
  };
}
