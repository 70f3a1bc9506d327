import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job";
import { Construct } from "constructs";

import type { Grant } from "./grant";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";
import type { Workflow } from "./workflow";

export interface WorkflowScheduleProps {
  /** Name within the region. */
  readonly scheduleName: string;

  /** What it starts and why, for people who find it in a list. */
  readonly description: string;

  /** Five cron fields. */
  readonly schedule: string;

  /** Time zone of the schedule, such as `Europe/Amsterdam`. */
  readonly timeZone: string;

  readonly workflow: Workflow;

  /** Argument of every execution. */
  readonly argument: Readonly<Record<string, unknown>>;

  /** Identity that starts the workflow: it needs `roles/workflows.invoker` on the project. */
  readonly serviceAccount: IServiceAccount;

  /** Its grants. */
  readonly grants: readonly Grant[];
}

/** Starts a workflow on a schedule. Cloud Scheduler may start it twice, so that the workflow must bear it. */
export class WorkflowSchedule extends Construct {
  constructor(scope: Construct, id: string, props: WorkflowScheduleProps) {
    super(scope, id);
    const request = { argument: JSON.stringify(props.argument), callLogLevel: "LOG_ERRORS_ONLY" };
    new CloudSchedulerJob(this, "Resource", {
      name: props.scheduleName,
      region: PlatformStack.of(this).environment.region,
      description: props.description,
      schedule: props.schedule,
      timeZone: props.timeZone,
      paused: false,
      attemptDeadline: "320s",
      retryConfig: { retryCount: 3, minBackoffDuration: "10s", maxBackoffDuration: "300s", maxDoublings: 3 },
      httpTarget: {
        httpMethod: "POST",
        uri: `https://workflowexecutions.googleapis.com/v1/${props.workflow.workflowId}/executions`,
        headers: { "Content-Type": "application/json" },
        body: Buffer.from(JSON.stringify(request)).toString("base64"),
        oauthToken: {
          serviceAccountEmail: props.serviceAccount.email,
          scope: "https://www.googleapis.com/auth/cloud-platform",
        },
      },
      // Google adds an Authorization header to the answer, and provider 6.50 shows it as a difference (fixed in 7.31).
      lifecycle: { ignoreChanges: ["http_target[0].headers"] },
      dependsOn: [...props.grants],
    });
  }
}
