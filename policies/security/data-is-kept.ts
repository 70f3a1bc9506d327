import { isAmong, show, valuesAt } from "../arguments";
import { isDataless } from "../dataless";
import type { Policy } from "../policy";

/** Settings that let Terraform delete data, with the value that does. */
const lettingGo: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = {
  google_bigquery_dataset: { delete_contents_on_destroy: true },
  google_bigquery_table: { deletion_protection: false },
  google_bigtable_instance: { deletion_protection: false, force_destroy: true },
  google_bigtable_table: { deletion_protection: "UNPROTECTED" },
  google_cloud_run_v2_service: { deletion_protection: false },
  google_spanner_database: { deletion_protection: false },
  google_spanner_instance: { force_destroy: true },
  google_sql_database_instance: { deletion_protection: false, "settings.deletion_protection_enabled": false },
  google_storage_bucket: { force_destroy: true },
  google_vertex_ai_feature_online_store: { force_destroy: true },
};

export const dataIsKept: Policy = {
  id: "platform/data-is-kept",
  kind: "security",
  types: Object.keys(lettingGo),
  why: "A renamed construct is a destroyed resource; what refuses to be deleted survives the mistake.",
  controls: ["NIST 800-53 CP-9", "NIST 800-53 SI-12"],
  check: (args, type) =>
    isDataless(args)
      ? undefined
      : Object.entries(lettingGo[type]!).flatMap(([path, value]) =>
          valuesAt(args, path)
            .filter((given) => isAmong(given, [value]))
            .map(
              (given) =>
                `'${path}' must not be ${show(given)}, unless the environment says 'deletionProtection: false'`,
            ),
        ),
};
