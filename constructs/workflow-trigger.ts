import { EventarcTrigger } from "@cdktf/provider-google/lib/eventarc-trigger";
import { Construct } from "constructs";

import type { Grant } from "./grant";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";
import type { ITopic } from "./topic";
import type { Workflow } from "./workflow";

export interface WorkflowTriggerProps {
  /** Name within the region. */
  readonly triggerName: string;

  /** Topic whose messages start the workflow, each once or more. */
  readonly topic: ITopic;

  readonly workflow: Workflow;

  /** Identity that starts the workflow: it needs `roles/eventarc.eventReceiver` and `roles/workflows.invoker` on the project. */
  readonly serviceAccount: IServiceAccount;

  /** Its grants. */
  readonly grants: readonly Grant[];
}

/** Starts a workflow for every message of a topic, with the message as its argument. */
export class WorkflowTrigger extends Construct {
  constructor(scope: Construct, id: string, props: WorkflowTriggerProps) {
    super(scope, id);
    new EventarcTrigger(this, "Resource", {
      name: props.triggerName,
      location: PlatformStack.of(this).environment.region,
      matchingCriteria: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
      transport: { pubsub: { topic: props.topic.topicId } },
      destination: { workflow: props.workflow.workflowId },
      serviceAccount: props.serviceAccount.email,
      dependsOn: [...props.grants],
    });
  }
}
