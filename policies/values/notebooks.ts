import { isGiven, valueAt, textOf } from "../arguments";
import { is, must, refuse, valuePolicy, where, within } from "../checks";
import { accelerators } from "../../catalog/accelerators";
import { between, matches, oneOf, required, seconds } from "../expected";
import { isCronInZone } from "../schedule";

const disk = within(
  "gce_setup",
  ...["boot_disk", "data_disks"].map((name) =>
    within(name, where(is("disk_encryption", "CMEK"), must({ kms_key: required(matches(/./, "a key")) }))),
  ),
);

/** Machines of Compute Engine that hold or take GPUs. */
const takesGpus = /^(?:n1|a2|a3|g2|g4)-/;

export const notebooks = valuePolicy({
  id: "notebooks/arguments",
  why: "The provider plans notebooks on machines that do not exist; the API refuses them (notebooks v2, Instance; aiplatform v1: NotebookRuntimeTemplate, Schedule).",
  checks: {
    google_workbench_instance: [
      must({
        location: matches(/^[a-z]+-[a-z]+\d+-[a-z]$/, "a zone, such as europe-west4-a"),
        "gce_setup.accelerator_configs.core_count": oneOf("1", "2", "4", "8", "16"),
        "gce_setup.metadata.idle-timeout-seconds": between(600, 86_400),
      }),
      disk,
      refuse(
        (args) =>
          isGiven(args, "gce_setup.accelerator_configs") &&
          isGiven(args, "gce_setup.machine_type") &&
          !takesGpus.test(textOf(valueAt(args, "gce_setup.machine_type"))),
        "'gce_setup.accelerator_configs' needs a machine that takes GPUs, such as n1-standard-4 or g2-standard-4",
      ),
    ],
    google_colab_runtime_template: [
      must({
        "machine_spec.accelerator_type": oneOf(...accelerators),
        "idle_shutdown_config.idle_timeout": seconds(600, 86_400),
      }),
      refuse(
        (args) =>
          isGiven(args, "machine_spec.accelerator_type") &&
          isGiven(args, "machine_spec.machine_type") &&
          !takesGpus.test(textOf(valueAt(args, "machine_spec.machine_type"))),
        "'machine_spec.accelerator_type' needs a machine that takes GPUs, such as n1-standard-4 or g2-standard-4",
      ),
    ],
    google_colab_schedule: [
      must({
        desired_state: oneOf("ACTIVE", "PAUSED"),
        cron: { text: 'five fields, such as "TZ=Europe/Amsterdam 0 3 * * 1"', accepts: isCronInZone },
      }),
    ],
  },
});
