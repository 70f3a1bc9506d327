import type { Policy, StackPolicy } from "./policy";
import { accountOfItsOwn } from "./security/account-of-its-own";
import { bucketIsPrivate } from "./security/bucket-is-private";
import { customerManagedKey } from "./security/customer-managed-key";
import { dataIsKept } from "./security/data-is-kept";
import { databaseIsNotOpen } from "./security/database-is-not-open";
import { databaseTakesTlsOnly } from "./security/database-takes-tls-only";
import { datasetIsPrivate } from "./security/dataset-is-private";
import { endpointIsNotShared } from "./security/endpoint-is-not-shared";
import { federationIsToOneRepository } from "./security/federation-is-to-one-repository";
import { federationNamesWhom } from "./security/federation-names-whom";
import { firewallIsNarrow } from "./security/firewall-is-narrow";
import { grantsAreAdditive } from "./security/grants-are-additive";
import { imagesStayAsTheyAre } from "./security/images-stay-as-they-are";
import { keyRotates } from "./security/key-rotates";
import { messagesStayInRegion } from "./security/messages-stay-in-region";
import { noAccountKeys } from "./security/no-account-keys";
import { noAdminForWorkloads } from "./security/no-admin-for-workloads";
import { noBasicRoles } from "./security/no-basic-roles";
import { noDefaultSubnets } from "./security/no-default-subnets";
import { noImpersonationOfAll } from "./security/no-impersonation-of-all";
import { noPublicAddresses } from "./security/no-public-addresses";
import { noPublicMembers } from "./security/no-public-members";
import { noSecretsInState } from "./security/no-secrets-in-state";
import { noRolesForRoles } from "./security/no-roles-for-roles";
import { objectsCanBeRestored } from "./security/objects-can-be-restored";
import { perimeterIsTriedFirst } from "./security/perimeter-is-tried-first";
import { privateDataflowWorkers } from "./security/private-dataflow-workers";
import { serviceIsInternal } from "./security/service-is-internal";
import { servicesStayEnabled } from "./security/services-stay-enabled";
import { sinkHasOwnWriter } from "./security/sink-has-own-writer";
import { subnetLogsFlows } from "./security/subnet-logs-flows";
import { subnetReachesGooglePrivately } from "./security/subnet-reaches-google-privately";
import { subscriptionNeverExpires } from "./security/subscription-never-expires";
import { tagsControlAccess } from "./security/tags-control-access";
import { undeliverableIsKept } from "./security/undeliverable-is-kept";
import { auditBucketIsLocked } from "./stacks/audit-bucket-is-locked";
import { auditBucketKeepsAYear } from "./stacks/audit-bucket-keeps-a-year";
import { auditLogsAreKept } from "./stacks/audit-logs-are-kept";
import { dataAccessIsAudited } from "./stacks/data-access-is-audited";
import { deadLetterIsGranted } from "./stacks/dead-letter-is-granted";
import { deployerIsLentToDeployments } from "./stacks/deployer-is-lent-to-deployments";
import { grantedOnce } from "./stacks/granted-once";
import { grantsAreBounded } from "./stacks/grants-are-bounded";
import { keyIsGranted } from "./stacks/key-is-granted";
import { keysAreKept } from "./stacks/keys-are-kept";
import { networkDeniesIngress } from "./stacks/network-denies-ingress";
import { oneAccountPerWorkload } from "./stacks/one-account-per-workload";
import { projectHasBudget } from "./stacks/project-has-budget";
import { quotaIsProtected } from "./stacks/quota-is-protected";
import { sinkMayWrite } from "./stacks/sink-may-write";
import { splitIsLeftToRollouts } from "./stacks/split-is-left-to-rollouts";
import { stateIsKept } from "./stacks/state-is-kept";
import { accessContextManager } from "./values/access-context-manager";
import { alertDurationIsInMinutes } from "./values/alert-duration-is-in-minutes";
import { alertPolicy } from "./values/alert-policy";
import { artifactRegistry } from "./values/artifact-registry";
import { bigquery } from "./values/bigquery";
import { bigtable } from "./values/bigtable";
import { billing } from "./values/billing";
import { cloudBuild } from "./values/cloud-build";
import { cloudDeploy } from "./values/cloud-deploy";
import { compute } from "./values/compute";
import { dataflow } from "./values/dataflow";
import { dataflowOptionsAreArguments } from "./values/dataflow-options-are-arguments";
import { dataplex } from "./values/dataplex";
import { dataproc } from "./values/dataproc";
import { datastream } from "./values/datastream";
import { dlp } from "./values/dlp";
import { endpointSplitSumsTo100 } from "./values/endpoint-split-sums-to-100";
import { eventarc } from "./values/eventarc";
import { iam } from "./values/iam";
import { iamRoleName } from "./values/iam-role-name";
import { kafka } from "./values/kafka";
import { kms } from "./values/kms";
import { labels } from "./values/labels";
import { logging } from "./values/logging";
import { monitoring } from "./values/monitoring";
import { names } from "./values/names";
import { notebooks } from "./values/notebooks";
import { orgPolicy } from "./values/org-policy";
import { projectId } from "./values/project-id";
import { pubsub } from "./values/pubsub";
import { quotaIsNotZero } from "./values/quota-is-not-zero";
import { quotas } from "./values/quotas";
import { run } from "./values/run";
import { runTrafficSumsTo100 } from "./values/run-traffic-sums-to-100";
import { scheduler } from "./values/scheduler";
import { serviceName } from "./values/service-name";
import { spanner } from "./values/spanner";
import { sql } from "./values/sql";
import { storage } from "./values/storage";
import { vertexAi } from "./values/vertex-ai";
import { vertexAiEndpoint } from "./values/vertex-ai-endpoint";
import { workflows } from "./values/workflows";

/** Every rule over single resources. */
export const policies: readonly Policy[] = [
  accountOfItsOwn,
  bucketIsPrivate,
  customerManagedKey,
  dataIsKept,
  databaseIsNotOpen,
  databaseTakesTlsOnly,
  datasetIsPrivate,
  endpointIsNotShared,
  federationIsToOneRepository,
  federationNamesWhom,
  firewallIsNarrow,
  grantsAreAdditive,
  imagesStayAsTheyAre,
  keyRotates,
  messagesStayInRegion,
  noAccountKeys,
  noAdminForWorkloads,
  noBasicRoles,
  noDefaultSubnets,
  noImpersonationOfAll,
  noPublicAddresses,
  noPublicMembers,
  noRolesForRoles,
  noSecretsInState,
  objectsCanBeRestored,
  perimeterIsTriedFirst,
  privateDataflowWorkers,
  serviceIsInternal,
  servicesStayEnabled,
  sinkHasOwnWriter,
  subnetLogsFlows,
  subnetReachesGooglePrivately,
  subscriptionNeverExpires,
  tagsControlAccess,
  undeliverableIsKept,
  accessContextManager,
  alertDurationIsInMinutes,
  alertPolicy,
  artifactRegistry,
  bigquery,
  bigtable,
  billing,
  cloudBuild,
  cloudDeploy,
  compute,
  dataflowOptionsAreArguments,
  dataflow,
  dataplex,
  dataproc,
  datastream,
  dlp,
  endpointSplitSumsTo100,
  eventarc,
  iamRoleName,
  iam,
  kafka,
  kms,
  labels,
  logging,
  monitoring,
  names,
  notebooks,
  orgPolicy,
  projectId,
  pubsub,
  quotaIsNotZero,
  quotas,
  runTrafficSumsTo100,
  run,
  scheduler,
  serviceName,
  spanner,
  sql,
  storage,
  vertexAiEndpoint,
  vertexAi,
  workflows,
];

/** Every rule over the stacks of an environment. */
export const stackPolicies: readonly StackPolicy[] = [
  auditBucketIsLocked,
  auditBucketKeepsAYear,
  auditLogsAreKept,
  dataAccessIsAudited,
  deadLetterIsGranted,
  deployerIsLentToDeployments,
  grantedOnce,
  grantsAreBounded,
  keyIsGranted,
  keysAreKept,
  networkDeniesIngress,
  oneAccountPerWorkload,
  projectHasBudget,
  quotaIsProtected,
  sinkMayWrite,
  splitIsLeftToRollouts,
  stateIsKept,
];
