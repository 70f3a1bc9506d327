/*
 * Services the platform uses and the service agents that act for them.
 * Source: "Service agents" page of the IAM documentation; who needs a key: cloud-foundation-fabric modules/project/cmek.tf
 * and service-agents.yaml; read 2026-08.
 */

/** Services that are enabled in every environment, without the domain. */
export const platformServices = [
  "aiplatform",
  "artifactregistry",
  "bigquery",
  "billingbudgets",
  "cloudkms",
  "cloudquotas",
  "cloudresourcemanager",
  "cloudscheduler",
  "compute",
  "dataflow",
  "eventarc",
  "iam",
  "logging",
  "monitoring",
  "pubsub",
  "run",
  "serviceusage",
  "storage",
  "workflowexecutions",
  "workflows",
] as const;

export type PlatformService = (typeof platformServices)[number];

/** Services that must be there before all others: those that make keys, buckets, roles and identities, and exchange CI's tokens. */
export const bootstrapServices = [
  "cloudkms",
  "cloudresourcemanager",
  "iam",
  "iamcredentials",
  "serviceusage",
  "storage",
  "sts",
] as const;

export type GoogleService = PlatformService | (typeof bootstrapServices)[number];

/** How a service agent comes to exist: asked for by API, by reading a data source, or by enabling its service. */
export type AgentOrigin = "identity" | "data-source" | "service";

export interface ServiceAgent {
  /** E-mail of the agent in a project, by the project's number. */
  readonly email: (projectNumber: string) => string;
  readonly origin: AgentOrigin;
}

const agent = (domain: string, origin: AgentOrigin, prefix = "service-"): ServiceAgent => ({
  email: (projectNumber) => `${prefix}${projectNumber}@${domain}.iam.gserviceaccount.com`,
  origin,
});

/** Agents that need a grant on something, by the service they act for. */
export const serviceAgents = {
  aiplatform: agent("gcp-sa-aiplatform", "identity"),
  artifactregistry: agent("gcp-sa-artifactregistry", "identity"),
  bigquery: agent("bigquery-encryption", "data-source", "bq-"),
  compute: agent("compute-system", "service"),
  dataflow: agent("dataflow-service-producer-prod", "service"),
  eventarc: agent("gcp-sa-eventarc", "identity"),
  logging: agent("gcp-sa-logging", "data-source", "cmek-p"),
  monitoring: agent("gcp-sa-monitoring-notification", "identity"),
  pubsub: agent("gcp-sa-pubsub", "identity"),
  run: agent("serverless-robot-prod", "service"),
  storage: agent("gs-project-accounts", "data-source"),
  workflows: agent("gcp-sa-workflows", "identity"),
} satisfies Partial<Record<PlatformService, ServiceAgent>>;

export type AgentService = keyof typeof serviceAgents;

/** Keys of the platform, one per purpose, and the agents that encrypt and decrypt with each. */
export const keyPurposes = {
  "artifact-registry": ["artifactregistry"],
  bigquery: ["bigquery"],
  dataflow: ["dataflow", "compute", "storage"],
  logging: ["logging"],
  pubsub: ["pubsub"],
  run: ["run"],
  storage: ["storage"],
  "vertex-ai": ["aiplatform"],
  workflows: ["workflows"],
} satisfies Record<string, readonly AgentService[]>;

export type KeyPurpose = keyof typeof keyPurposes;
