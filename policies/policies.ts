import { alertDurationIsInMinutes } from "./alert-duration-is-in-minutes";
import { bucketIsPrivate } from "./bucket-is-private";
import { customerManagedKey } from "./customer-managed-key";
import { dataflowOptionsAreArguments } from "./dataflow-options-are-arguments";
import { endpointSplitSumsTo100 } from "./endpoint-split-sums-to-100";
import { keyRotates } from "./key-rotates";
import { noAccountKeys } from "./no-account-keys";
import { noBasicRoles } from "./no-basic-roles";
import { noPublicMembers } from "./no-public-members";
import type { Policy } from "./policy";
import { privateDataflowWorkers } from "./private-dataflow-workers";
import { quotaIsNotZero } from "./quota-is-not-zero";
import { runTrafficSumsTo100 } from "./run-traffic-sums-to-100";
import { servicesStayEnabled } from "./services-stay-enabled";
import { subnetReachesGooglePrivately } from "./subnet-reaches-google-privately";
import { subscriptionNeverExpires } from "./subscription-never-expires";

/** Every rule of the platform. */
export const policies: readonly Policy[] = [
  alertDurationIsInMinutes,
  bucketIsPrivate,
  customerManagedKey,
  dataflowOptionsAreArguments,
  endpointSplitSumsTo100,
  keyRotates,
  noAccountKeys,
  noBasicRoles,
  noPublicMembers,
  privateDataflowWorkers,
  quotaIsNotZero,
  runTrafficSumsTo100,
  servicesStayEnabled,
  subnetReachesGooglePrivately,
  subscriptionNeverExpires,
];
