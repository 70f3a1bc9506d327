import { blocks, textOf } from "../arguments";
import type { Policy } from "../policy";

const everybody = ["allUsers", "allAuthenticatedUsers"];

export const datasetIsPrivate: Policy = {
  id: "bigquery/dataset-is-private",
  kind: "security",
  types: ["google_bigquery_dataset"],
  why: "An entry of the dataset's own access list reaches everybody without any IAM member that a review would see.",
  controls: ["CIS GCP 7.1", "NIST 800-53 AC-3"],
  check: ({ access }) =>
    blocks(access)
      .flatMap(({ special_group: group, iam_member: member }) => [group, member])
      .filter((name) => everybody.includes(textOf(name)))
      .map((name) => `'access' must not name ${textOf(name)}: name a group or a service account`),
};
