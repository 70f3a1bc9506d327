import { accessIsBroadened } from "./access/access-is-broadened";
import { authoritativeGrant } from "./access/authoritative-grant";
import { broadRoles } from "./access/broad-roles";
import { conditionChanges } from "./access/condition-changes";
import { customRoleGains } from "./access/custom-role-gains";
import { customRoleIsGranted } from "./access/custom-role-is-granted";
import { denialIsLifted } from "./access/denial-is-lifted";
import { federationIsWider } from "./access/federation-is-wider";
import { identityIsDestroyed } from "./access/identity-is-destroyed";
import { impersonation } from "./access/impersonation";
import { publicMembersGet } from "./access/public-members";
import { serviceAgentLoses } from "./access/service-agent-loses";
import { alwaysOn } from "./cost/always-on";
import { budgetIsLooser } from "./cost/budget-is-looser";
import { machinesChange } from "./cost/machines";
import { newIsPaidFor } from "./cost/new-is-paid-for";
import { quantitiesChange } from "./cost/quantities";
import { quotaChanges } from "./cost/quota-changes";
import { runsMoreOften } from "./cost/runs-more-often";
import { dataIsDestroyed } from "./data/data-is-destroyed";
import { dataIsForgotten } from "./data/data-is-forgotten";
import { bucketIsOpen } from "./exposure/bucket-is-open";
import { columnTags } from "./exposure/column-tags";
import { databaseIsOpen } from "./exposure/database-is-open";
import { firewallIsWider } from "./exposure/firewall-is-wider";
import { networkChanges } from "./exposure/network-changes";
import { perimeterIsLooser } from "./exposure/perimeter-is-looser";
import { privateNetwork } from "./exposure/private-network";
import { serviceIsOpen } from "./exposure/service-is-open";
import { workerAddresses } from "./exposure/worker-addresses";
import { backupsOff } from "./guards/backups-off";
import { deletionIsForced } from "./guards/deletion-is-forced";
import { deletionPolicyChanges } from "./guards/deletion-policy-changes";
import { deletionProtectionOff } from "./guards/deletion-protection-off";
import { orgPolicyIsOff } from "./guards/org-policy-is-off";
import { recoveryIsShorter } from "./guards/recovery-is-shorter";
import { versionsOff } from "./guards/versions-off";
import { accountKey } from "./keys/account-key";
import { keyChanges } from "./keys/key-changes";
import { keyIsDisabled } from "./keys/key-is-disabled";
import { rotationIsSlower } from "./keys/rotation-is-slower";
import { deposedObject } from "./objects/deposed-object";
import { everythingIsDestroyed } from "./objects/everything-is-destroyed";
import { objectIsDestroyed } from "./objects/object-is-destroyed";
import { checkFails } from "./plan/check-fails";
import { planDefers } from "./plan/deferred";
import { hasDrifted } from "./plan/drift";
import { objectIsForgotten } from "./plan/forgotten";
import { isImported } from "./plan/imported";
import { planIsIncomplete } from "./plan/incomplete";
import { isMoved } from "./plan/moved";
import { notUnderstood } from "./plan/not-understood";
import { outputChanges } from "./plan/output-changes";
import { lifecycleDeletes } from "./retention/lifecycle-deletes";
import { locationChanges } from "./retention/location-changes";
import { retentionIsLocked } from "./retention/retention-is-locked";
import { retentionIsShorter } from "./retention/retention-is-shorter";
import { alertsAreOff } from "./rollout/alerts-are-off";
import { rolloutPolicyChanges } from "./rollout/policy-changes";
import { trafficSplit } from "./rollout/traffic-split";
import { workflowSource } from "./rollout/workflow-source";
import { addressChanges } from "./serving/address-changes";
import { servingIsDestroyed } from "./serving/serving-is-destroyed";
import { workStops } from "./serving/work-stops";
import type { ReviewRule } from "./rule";

/** Every rule of the review, by what it is about. */
export const reviewRules: readonly ReviewRule[] = [
  dataIsDestroyed,
  dataIsForgotten,
  addressChanges,
  servingIsDestroyed,
  workStops,
  deposedObject,
  everythingIsDestroyed,
  objectIsDestroyed,
  backupsOff,
  deletionIsForced,
  deletionPolicyChanges,
  deletionProtectionOff,
  orgPolicyIsOff,
  recoveryIsShorter,
  versionsOff,
  accessIsBroadened,
  authoritativeGrant,
  broadRoles,
  conditionChanges,
  customRoleGains,
  customRoleIsGranted,
  denialIsLifted,
  federationIsWider,
  identityIsDestroyed,
  impersonation,
  publicMembersGet,
  serviceAgentLoses,
  bucketIsOpen,
  columnTags,
  databaseIsOpen,
  firewallIsWider,
  networkChanges,
  perimeterIsLooser,
  privateNetwork,
  serviceIsOpen,
  workerAddresses,
  accountKey,
  keyChanges,
  keyIsDisabled,
  rotationIsSlower,
  lifecycleDeletes,
  locationChanges,
  retentionIsLocked,
  retentionIsShorter,
  alertsAreOff,
  rolloutPolicyChanges,
  trafficSplit,
  workflowSource,
  alwaysOn,
  budgetIsLooser,
  machinesChange,
  newIsPaidFor,
  quantitiesChange,
  quotaChanges,
  runsMoreOften,
  checkFails,
  planDefers,
  hasDrifted,
  objectIsForgotten,
  isImported,
  planIsIncomplete,
  isMoved,
  notUnderstood,
  outputChanges,
];
