import type { EnvironmentConfig } from "../config/schema/environment";
import type { PlatformRole } from "../catalog/granted-roles";
import { bucketName } from "./naming";

/** What other stacks may refer to: custom roles of the platform. */
export const platformRoles = {
  rollout: "modelRollout",
  registrar: "modelRegistrar",
  batch: "batchPrediction",
  approver: "rolloutApprover",
} as const satisfies Record<string, PlatformRole>;

/** What CI and people refer to. */
export function bootstrapNames({ project, projectNumber, state, ci }: EnvironmentConfig) {
  const account = (accountId: string) => `${accountId}@${project}.iam.gserviceaccount.com`;
  return {
    /** Bucket of Terraform's state: the one that the environment's stacks use, where they use any. */
    stateBucket: state.backend === "gcs" ? state.bucket : bucketName(project, "terraform-state"),
    keyRing: "terraform",
    stateKey: "terraform-state",
    planner: account("terraform-planner"),
    deployer: account("terraform-deployer"),
    /** Full name of the provider that GitHub's tokens are shown to; nothing where CI is elsewhere. */
    provider:
      ci.github &&
      `projects/${projectNumber}/locations/global/workloadIdentityPools/${ci.github.pool}/providers/github`,
  };
}
