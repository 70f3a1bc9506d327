import { exactlyOne, must, refuse, valuePolicy } from "../checks";
import { duration, something } from "../expected";
import { isGiven, numberOf, valueAt } from "../arguments";

const workers = "cluster_config.worker_config.num_instances";

export const dataproc = valuePolicy({
  id: "dataproc/arguments",
  why: "The provider plans one worker, durations of other forms and templates without a place; the API refuses them (dataproc v1: ClusterConfig, WorkflowTemplatePlacement).",
  checks: {
    google_dataproc_cluster: [
      must({
        region: something,
        graceful_decommission_timeout: duration,
        "cluster_config.lifecycle_config.idle_delete_ttl": duration,
      }),
      refuse(
        (args) => isGiven(args, workers) && numberOf(valueAt(args, workers)) === 1,
        `'${workers}' must be 0 or at least 2, got 1`,
      ),
    ],
    google_dataproc_autoscaling_policy: [
      must({
        "basic_algorithm.cooldown_period": duration,
        "basic_algorithm.yarn_config.graceful_decommission_timeout": duration,
      }),
    ],
    google_dataproc_workflow_template: [
      exactlyOne("placement.managed_cluster", "placement.cluster_selector"),
      must({ "placement.managed_cluster.config.lifecycle_config.idle_delete_ttl": duration, dag_timeout: duration }),
    ],
  },
});
