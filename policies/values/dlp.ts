import { anyOf, exactlyOne, must, valuePolicy, within } from "../checks";
import { day, matches, required, seconds } from "../expected";

const parent = {
  parent: required(
    matches(/^(?:projects|organizations)\/[^/]+(?:\/locations\/[^/]+)?$/, '"projects/PROJECT/locations/LOCATION"'),
  ),
};
const storages = ["cloud_storage_options", "big_query_options", "datastore_options", "hybrid_options"];
const targets = ["big_query_target", "cloud_sql_target", "cloud_storage_target"];

export const dlp = valuePolicy({
  id: "dlp/arguments",
  why: "The provider plans jobs that look at nothing; the API refuses them (dlp v2: JobTrigger, DiscoveryConfig).",
  checks: {
    google_data_loss_prevention_inspect_template: [must(parent)],
    google_data_loss_prevention_deidentify_template: [must(parent)],
    google_data_loss_prevention_stored_info_type: [must(parent)],
    google_data_loss_prevention_job_trigger: [
      must({ ...parent, "triggers.schedule.recurrence_period_duration": seconds(day, 60 * day) }),
      within("triggers", exactlyOne("schedule", "manual")),
      within("inspect_job.storage_config", anyOf(...storages)),
    ],
    google_data_loss_prevention_discovery_config: [
      must(parent),
      within("targets", exactlyOne(...targets, "secrets_target")),
      ...targets.map((target) => within(`targets.${target}`, anyOf("filter"))),
    ],
  },
});
