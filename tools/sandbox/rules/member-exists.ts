import { lastSegment } from "../types/template";
import { text } from "../values/value";
import { serviceAccountId } from "./references";
import { failure, type Rule } from "./rule";

export const memberExists: Rule = {
  id: "member-exists",
  why: "A role can be granted only to a service account that exists.",
  source: "https://cloud.google.com/iam/docs/granting-changing-revoking-access",
  wording: "as received",
  check: (change, { cloud }) => {
    const isGrant = change.type.endsWith("_iam_member");
    const id = isGrant ? serviceAccountId(text(change.args, "member") ?? "") : undefined;
    if (change.action === "delete" || id === undefined || !id.startsWith(`projects/${change.project}/`)) {
      return undefined;
    }
    if (cloud.get("google_service_account", id)) {
      return undefined;
    }
    return {
      error: failure(change, `400: Service account ${lastSegment(id)} does not exist., badRequest`),
      remedy: `Apply the stack that makes the google_service_account '${id}' first, or make this grant depend on it.`,
    };
  },
};
