import { anyOf, apart, must, valuePolicy, where, within } from "../checks";
import { isGiven } from "../arguments";
import { something } from "../expected";

const events = ["github", "repository_event_config", "trigger_template", "bitbucket_server_trigger_config"];

export const cloudBuild = valuePolicy({
  id: "cloudbuild/trigger-arguments",
  why: "The provider plans a trigger on two events, or one that has nothing to build; the API refuses it (cloudbuild v1, BuildTrigger).",
  checks: {
    google_cloudbuild_trigger: [
      ...events.slice(1).map((event) => apart("github", event)),
      within("repository_event_config.push", apart("branch", "tag")),
      within("github.push", apart("branch", "tag")),
      within("trigger_template", apart("branch_name", "tag_name")),
      within("build.options", apart("worker_pool", "machine_type", "the pool says which machines")),
      where(
        (args) => isGiven(args, "pubsub_config") || isGiven(args, "webhook_config"),
        anyOf("source_to_build", "git_file_source", "build.source"),
        must({ service_account: something }),
      ),
    ],
  },
});
