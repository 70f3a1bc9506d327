import { accountUsable } from "./account-usable";
import { agentExists } from "./agent-exists";
import { apiEnabled } from "./api-enabled";
import { containerEmpty } from "./container-empty";
import { deletionProtected } from "./deletion-protected";
import { endpointEmpty } from "./endpoint-empty";
import { inUse } from "./in-use";
import { keyGranted } from "./key-granted";
import { keyUsable } from "./key-usable";
import { keyLocation } from "./key-location";
import { memberExists } from "./member-exists";
import { nameFree } from "./name-free";
import { notificationMayPublish } from "./notification-may-publish";
import { parentExists } from "./parent-exists";
import { quotaLeft } from "./quota-left";
import type { Rule } from "./rule";
import { softDeleted } from "./soft-deleted";
import { subscriptionMayWrite } from "./subscription-may-write";
import { workflowSource } from "./workflow-source";

/** In the order in which Google looks: is the API on, is the name free, is all there that the resource needs. */
export const rules: readonly Rule[] = [
  deletionProtected,
  apiEnabled,
  softDeleted,
  nameFree,
  notificationMayPublish,
  parentExists,
  memberExists,
  agentExists,
  accountUsable,
  keyLocation,
  keyUsable,
  keyGranted,
  subscriptionMayWrite,
  quotaLeft,
  containerEmpty,
  endpointEmpty,
  inUse,
  workflowSource,
];
