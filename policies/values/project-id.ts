import { isUnknown, show } from "../arguments";
import type { Policy } from "../policy";

export const projectId: Policy = {
  id: "resourcemanager/project-id",
  kind: "value",
  types: ["*"],
  why: "The provider plans any text as a project, and then asks Google for what is not there (Resource Manager, project ids).",
  check: ({ project }) =>
    typeof project !== "string" || project === "" || isUnknown(project) || isProject(project)
      ? undefined
      : `'project' must be a project's id, such as "acme-ml-prod", got ${show(project)}`,
};

function isProject(id: string): boolean {
  // Ids of projects that belong to a domain begin with it, and most APIs take the number too.
  return /^(?:[a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(id) || /^\d{6,19}$/.test(id);
}
