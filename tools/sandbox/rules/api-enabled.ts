import { apiOf } from "./apis";
import { failure, type Rule } from "./rule";

export const apiEnabled: Rule = {
  id: "api-enabled",
  why: "An API that is not enabled in a project refuses every resource of its service.",
  source: "https://cloud.google.com/service-usage/docs/enable-disable",
  wording: "as received",
  check: (change, { cloud }) => {
    const api = apiOf(change.type);
    if (change.action === "delete" || api === undefined || api.onByDefault) {
      return undefined;
    }
    const { host, title } = api;
    const { project } = change;
    if (cloud.get("google_project_service", `${project}/${host}`)) {
      return undefined;
    }
    return {
      error: failure(change, `403: ${failureOfApi(title, host, project)}`),
      remedy: `Turn it on with a google_project_service of '${host}' in project '${project}', applied before this resource.`,
    };
  },
};

/** What Google answers when an API of a project is off. */
export function failureOfApi(title: string, host: string, project: string): string {
  return (
    `${title} has not been used in project ${project} before or it is disabled. Enable it by visiting ` +
    `https://console.developers.google.com/apis/api/${host}/overview?project=${project} then retry. If you enabled this ` +
    "API recently, wait a few minutes for the action to propagate to our systems and retry."
  );
}
