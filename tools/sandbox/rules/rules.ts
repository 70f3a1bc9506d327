import { agentExists } from "./agent-exists";
import { apiEnabled } from "./api-enabled";
import { containerEmpty } from "./container-empty";
import { deletionProtected } from "./deletion-protected";
import { endpointEmpty } from "./endpoint-empty";
import { keyGranted } from "./key-granted";
import { keyLocation } from "./key-location";
import { memberExists } from "./member-exists";
import { nameFree } from "./name-free";
import { parentExists } from "./parent-exists";
import type { Rule } from "./rule";
import { workflowSource } from "./workflow-source";

/** In the order in which Google looks: is the API on, is the name free, is all there that the resource needs. */
export const rules: readonly Rule[] = [
  deletionProtected,
  apiEnabled,
  nameFree,
  parentExists,
  memberExists,
  agentExists,
  keyLocation,
  keyGranted,
  containerEmpty,
  endpointEmpty,
  workflowSource,
];
