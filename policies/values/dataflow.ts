import { exactlyOne, apart, must, never, ordered, valuePolicy } from "../checks";
import { between, matches, oneOf } from "../expected";

const object = matches(/^gs:\/\/[^/]+/, "a path in Cloud Storage, such as gs://bucket/folder");

export const dataflow = valuePolicy({
  id: "dataflow/arguments",
  why: "The provider hands these on as they are; the job fails to launch (dataflow v1b3, LaunchFlexTemplateParameter; Data Pipelines API).",
  checks: {
    google_dataflow_job: [
      must({ template_gcs_path: object, temp_gcs_location: object, max_workers: between(1, 4000) }),
      apart("network", "subnetwork", "the subnetwork says which network"),
      never("parameters.streaming", "the template knows whether it streams"),
    ],
    google_dataflow_flex_template_job: [
      must({
        container_spec_gcs_path: object,
        temp_location: object,
        staging_location: object,
        autoscaling_algorithm: oneOf("THROUGHPUT_BASED", "NONE"),
        num_workers: between(1, 4000),
        max_workers: between(1, 4000),
      }),
      ordered("num_workers", "max_workers"),
      never("parameters.streaming", "the template knows whether it streams"),
    ],
    google_data_pipeline_pipeline: [
      exactlyOne("workload.dataflow_flex_template_request", "workload.dataflow_launch_template_request"),
    ],
  },
});
