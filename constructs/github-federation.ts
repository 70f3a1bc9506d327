import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { quoted } from "./condition";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

export interface GithubFederationProps {
  /** Id of the pool: 4 to 32 lower-case letters, digits and hyphens. Google keeps it for 30 days when it is deleted. */
  readonly poolId: string;

  /** Number of the repository: its name can be somebody else's tomorrow. */
  readonly repositoryId: string;

  /** Number of the user or organisation that owns the repository. */
  readonly ownerId: string;

  /** Branch whose jobs may use an environment of GitHub, such as `main`. */
  readonly branch: string;

  /** Environment of GitHub that jobs may use. */
  readonly environment: string;

  /** What must exist before, such as the enabled services. */
  readonly dependsOn: ITerraformDependable[];
}

/** Events of a branch whose workflow files are those of the branch: nobody but who may push to it decides what runs. */
const deploying = ["push", "workflow_dispatch"];
const planning = [...deploying, "schedule"];

/**
 * Lets jobs of one repository on GitHub in, without a key: those of pull requests, and those of one branch. A job that uses an
 * environment of GitHub must be on the branch. Claims: https://docs.github.com/en/actions/reference/security/oidc. The subject is not
 * looked at: it is made of names, and its form differs between repositories made before and after June 2026.
 */
export class GithubFederation extends Construct {
  private readonly poolName: string;
  private readonly provider: IamWorkloadIdentityPoolProvider;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GithubFederationProps,
  ) {
    super(scope, id);
    const { projectNumber } = PlatformStack.of(this).environment;
    const { poolId, dependsOn } = props;
    const pool = new IamWorkloadIdentityPool(this, "Resource", {
      workloadIdentityPoolId: poolId,
      displayName: "GitHub",
      description: "Jobs of GitHub Actions that plan and apply the platform",
      dependsOn,
    });
    this.poolName = `projects/${projectNumber}/locations/global/workloadIdentityPools/${poolId}`;
    this.provider = new IamWorkloadIdentityPoolProvider(this, "Provider", {
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: "github",
      displayName: "GitHub",
      attributeMapping: {
        "google.subject": "assertion.sub",
        "attribute.repository_id": "assertion.repository_id",
        // A job without an environment has no such claim, and a mapping that finds none refuses the token.
        "attribute.environment": "has(assertion.environment) ? assertion.environment : ''",
      },
      attributeCondition: conditionOf(props),
      oidc: {
        issuerUri: "https://token.actions.githubusercontent.com",
        allowedAudiences: [`https://iam.googleapis.com/${this.poolName}/providers/github`],
      },
    });
  }

  /** Jobs of the repository that are let in. */
  get jobs(): IIdentity {
    return this.identity("Jobs", `attribute.repository_id/${this.props.repositoryId}`);
  }

  /** Jobs that use the environment of GitHub, whose rules have let them pass. */
  get deployments(): IIdentity {
    return this.identity("Deployments", `attribute.environment/${this.props.environment}`);
  }

  private identity(name: string, attribute: string): IIdentity {
    return {
      name: `github-${name}`,
      member: `principalSet://iam.googleapis.com/${this.poolName}/${attribute}`,
      dependencies: [this.provider],
    };
  }
}

function conditionOf({ repositoryId, ownerId, branch, environment }: GithubFederationProps): string {
  const onBranch = (events: readonly string[]) =>
    `assertion.ref == 'refs/heads/${branch}' && assertion.event_name in ${quoted(events)}`;
  return [
    `assertion.repository_owner_id == '${ownerId}'`,
    `assertion.repository_id == '${repositoryId}'`,
    `(has(assertion.environment)` +
      ` ? assertion.environment == '${environment}' && ${onBranch(deploying)}` +
      ` : assertion.event_name == 'pull_request' || ${onBranch(planning)})`,
  ].join(" && ");
}
