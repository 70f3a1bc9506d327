import { isNothing, isUnknown, show, valuesAt, textOf } from "../arguments";
import type { Policy } from "../policy";

/** Where each workload says which account it runs as. */
export const accountArguments: Readonly<Record<string, string>> = {
  google_cloud_run_v2_job: "template.template.service_account",
  google_cloud_run_v2_service: "template.service_account",
  google_cloud_run_v2_worker_pool: "template.service_account",
  google_cloudbuild_trigger: "service_account",
  google_cloudfunctions2_function: "service_config.service_account_email",
  google_data_fusion_instance: "dataproc_service_account",
  google_dataflow_flex_template_job: "service_account_email",
  google_dataflow_job: "service_account_email",
  google_dataproc_cluster: "cluster_config.gce_cluster_config.service_account",
  google_workbench_instance: "gce_setup.service_accounts.email",
  google_workflows_workflow: "service_account",
};

const defaults =
  /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$|@cloudbuild\.gserviceaccount\.com$/;

export const accountOfItsOwn: Policy = {
  id: "iam/account-of-its-own",
  kind: "security",
  types: Object.keys(accountArguments),
  why: "Without an account of its own a workload runs as the project's default one, which may edit everything in it.",
  controls: ["CIS GCP 4.1", "NIST 800-53 AC-6"],
  check: (args, type) => {
    const path = accountArguments[type]!;
    const values = valuesAt(args, path);
    return (values.length === 0 ? [undefined] : values)
      .filter((value) => !isUnknown(value) && (isNothing(value) || defaults.test(textOf(value))))
      .map((value) => `'${path}' must be an account made for this workload, got ${show(value)}`);
  },
};
