import { WorkflowsWorkflow } from "@cdktf/provider-google/lib/workflows-workflow";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import type { Grant } from "./grant";
import { literal } from "./literal";
import { PlatformStack } from "./platform-stack";
import type { IServiceAccount } from "./service-account";

/** Characters of a source that Cloud Workflows takes at most (Quotas and limits of Workflows: 128 KB). */
const longestSource = 128 * 1024;

export interface WorkflowProps {
  /** Name within the region. */
  readonly workflowName: string;

  /** What it does, for people who find it in a list. */
  readonly description: string;

  /** Source in YAML: at most 128 KB. */
  readonly source: string;

  /** Identity of its calls. */
  readonly serviceAccount: IServiceAccount;

  /** Key that encrypts the source and what executions hold. */
  readonly encryptionKey: IEncryptionKey;

  /** What `sys.get_env` answers in the workflow, besides what Google sets: at most 20 variables. */
  readonly variables: Readonly<Record<string, string>>;

  /** Grants without which its calls fail. */
  readonly grants: readonly Grant[];
}

/** A workflow of Cloud Workflows, encrypted with the customer's key. It logs errors only: values of calls would show in its logs. */
export class Workflow extends Construct {
  /** `projects/{project}/locations/{region}/workflows/{name}` */
  readonly workflowId: string;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { region, deletionProtection } = PlatformStack.of(this).environment;
    const size = Buffer.byteLength(props.source);
    if (size > longestSource) {
      throw new Error(`${this.node.path}: 'source' must have at most ${longestSource} bytes, got ${size}`);
    }

    const workflow = new WorkflowsWorkflow(this, "Resource", {
      name: props.workflowName,
      region,
      description: props.description,
      serviceAccount: props.serviceAccount.email,
      callLogLevel: "LOG_ERRORS_ONLY",
      executionHistoryLevel: "EXECUTION_HISTORY_BASIC",
      cryptoKeyName: props.encryptionKey.keyId,
      userEnvVars: { ...props.variables },
      deletionProtection,
      sourceContents: literal(props.source),
      dependsOn: [...props.encryptionKey.grants, ...props.grants],
    });
    this.workflowId = workflow.id;
  }
}
