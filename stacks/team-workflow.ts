import { Construct } from "constructs";

import { workflowSource } from "../config/workflow-source";
import type { Grant } from "../constructs/grant";
import { PlatformStack } from "../constructs/platform-stack";
import { ServiceAccount } from "../constructs/service-account";
import { Workflow } from "../constructs/workflow";
import { platformKey } from "./foundation";
import { resourceName } from "./naming";
import { workflowVariables } from "./workflow-variables";

export interface TeamWorkflowProps {
  readonly teamName: string;

  /** Name of its file in `workflows/`; the resource is called `{team}-{name}`, and so is its identity. */
  readonly name: string;

  /** What it does, for people who find it in a list. */
  readonly description: string;

  /** What its identity may do; `scope` is the workflow's own, for what it refers to. */
  readonly grantsOf: (account: ServiceAccount, scope: Construct) => readonly Grant[];

  /**
   * Id of its scope.
   * @default - its name
   */
  readonly id?: string;

  /**
   * What it finds in its environment besides what all workflows of the team do.
   * @default - nothing
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Makes a workflow of a team with an identity of its own, so that the audit log says which of them did what. */
export function addTeamWorkflow(parent: Construct, props: TeamWorkflowProps): Workflow {
  const { teamName, name, description, grantsOf, id = name, variables = {} } = props;
  const scope = new Construct(parent, id);
  const workflowName = resourceName(teamName, name);
  const account = new ServiceAccount(scope, "Account", {
    accountId: workflowName,
    description: `Workflow ${workflowName}`,
  });
  return new Workflow(scope, "Workflow", {
    workflowName,
    description,
    source: workflowSource(name),
    serviceAccount: account,
    encryptionKey: platformKey(scope, "workflows"),
    variables: { ...workflowVariables(PlatformStack.of(parent).environment, teamName), ...variables },
    // Without it, sys.log writes nothing: https://cloud.google.com/workflows/docs/reference/stdlib/sys/log
    grants: [account.grantOnProject("roles/logging.logWriter"), ...grantsOf(account, scope)],
  });
}
