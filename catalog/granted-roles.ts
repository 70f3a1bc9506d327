/*
 * Roles that the stacks which CI applies grant to anybody. Its deployer may grant these and no others.
 */

/** Custom roles of the platform, by their id within the project. */
export type PlatformRole = "batchPrediction" | "modelRegistrar" | "modelRollout" | "rolloutApprover";

export interface GrantedRoles {
  /** Roles of Google. */
  readonly predefined: readonly string[];
  readonly custom: readonly PlatformRole[];
}

/** Roles that are granted on the project. */
export const projectRoles: GrantedRoles = {
  predefined: [
    "roles/aiplatform.user",
    "roles/aiplatform.viewer",
    "roles/bigquery.jobUser",
    "roles/dataflow.developer",
    "roles/dataflow.worker",
    "roles/eventarc.eventReceiver",
    "roles/logging.logWriter",
    "roles/monitoring.viewer",
    "roles/workflows.invoker",
  ],
  custom: ["batchPrediction", "modelRegistrar", "rolloutApprover"],
};

/** Roles that are granted on something in the project, such as a bucket or a key. */
export const resourceRoles: GrantedRoles = {
  predefined: [
    "roles/aiplatform.user",
    "roles/artifactregistry.reader",
    "roles/artifactregistry.writer",
    "roles/bigquery.dataEditor",
    "roles/bigquery.dataViewer",
    "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/pubsub.publisher",
    "roles/pubsub.subscriber",
    "roles/pubsub.viewer",
    "roles/run.invoker",
    "roles/storage.objectUser",
    "roles/storage.objectViewer",
  ],
  custom: ["modelRollout"],
};
