import { dataTypes } from "../../../../catalog/data-types";
import { servingTypes, workingTypes } from "../../../../catalog/serving-types";
import { changeRule } from "../rule";

/** What other rules tell of. */
const told = new Set([
  ...[dataTypes, servingTypes, workingTypes].flatMap((types) => Object.keys(types)),
  "google_access_context_manager_service_perimeter",
  "google_bigquery_datapolicy_data_policy",
  "google_billing_budget",
  "google_cloud_quotas_quota_preference",
  "google_compute_firewall",
  "google_data_catalog_policy_tag",
  "google_data_catalog_taxonomy",
  "google_iam_deny_policy",
  "google_monitoring_alert_policy",
  "google_iam_workload_identity_pool",
  "google_iam_workload_identity_pool_provider",
  "google_folder_organization_policy",
  "google_org_policy_policy",
  "google_organization_policy",
  "google_project_organization_policy",
  "google_service_account",
]);

/** What holds nothing, so that making it again is as good. The access table tells of grants. */
const isLight =
  /_iam_(?:member|binding|policy)$|_object$|_dashboard$|_access$|^(?:terraform_data|null_|random_|time_|local_)/;

export const objectIsDestroyed = changeRule({
  id: "object/destroyed",
  title: "An object is destroyed",
  severity: "medium",
  why: "A construct with another id is another object for Terraform: the old one is destroyed where only a name was meant to change.",
  check: "Is it meant to go? Where it only moved in the code, add a 'moved' entry.",
  findIn: ({ type, kind, replacing, planned, isManaged, isDestroyed, isReplaced }) =>
    isManaged && isDestroyed && !told.has(type) && planned.deposed === undefined
      ? {
          severity: isLight.test(type) || kind === "replace, create first" ? "low" : "medium",
          message: isReplaced ? "it is destroyed, and made again" : "it is destroyed",
          differences: replacing,
        }
      : undefined,
});
