import { serviceAgent } from "../types/foundation";
import { text } from "../values/value";
import { failure, type Rule } from "./rule";

/**
 * Services whose agent is not there when their API has just been turned on: it comes with the first use of the service, or when it
 * is asked for. Source: https://cloud.google.com/iam/docs/create-service-agents
 */
const lateAgents = ["aiplatform", "artifactregistry", "eventarc", "pubsub", "secretmanager", "workflows"].map(
  (name) => `${name}.googleapis.com`,
);

export const agentExists: Rule = {
  id: "agent-exists",
  why: "A role can be granted only to a service agent that exists; some come to life only when they are asked for.",
  source: "https://cloud.google.com/iam/docs/create-service-agents",
  wording: "as received",
  check: (change, { cloud, numbers }) => {
    const member = text(change.args, "member");
    if (change.action === "delete" || member === undefined || !change.type.endsWith("_iam_member")) {
      return undefined;
    }
    const email = member.replace(/^serviceAccount:/, "");
    const service = lateAgents.find((host) => serviceAgent(host, numbers.of(change.project)) === email);
    const identity = `projects/${change.project}/services/${service ?? ""}`;
    if (service === undefined || cloud.get("google_project_service_identity", identity)) {
      return undefined;
    }
    return {
      error: failure(change, `400: Service account ${email} does not exist., badRequest`),
      remedy: `Ask for it with a google_project_service_identity of '${service}' in project '${change.project}', applied before this grant.`,
    };
  },
};
