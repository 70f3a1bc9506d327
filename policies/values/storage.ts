import { type Arguments, blocks, isGiven, isNothing, isTrue, valueAt, isFalse } from "../arguments";
import { type Check, is, must, never, refuse, valuePolicy, where, within } from "../checks";
import { between, day, oneOf, required } from "../expected";

const classes = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE", "MULTI_REGIONAL", "REGIONAL"];
const switchesOn = (path: string) => (args: Arguments) => isTrue(valueAt(args, path));
const deletes = "a hierarchical namespace keeps no versions";

export const storage = valuePolicy({
  id: "storage/bucket-arguments",
  why: "The provider plans nearly any bucket; the API refuses it (Cloud Storage documentation: bucket names, Autoclass, soft delete, lifecycle, hierarchical namespace).",
  checks: {
    google_storage_bucket: [
      must({
        storage_class: oneOf(...classes, "DURABLE_REDUCED_AVAILABILITY"),
        public_access_prevention: oneOf("enforced", "inherited"),
        "autoclass.terminal_storage_class": oneOf("NEARLINE", "ARCHIVE"),
        "soft_delete_policy.retention_duration_seconds": softDelete(),
        "lifecycle_rule.action.type": required(oneOf("Delete", "SetStorageClass", "AbortIncompleteMultipartUpload")),
        "lifecycle_rule.condition.age": between(0, Infinity),
      }),
      refuse(
        (args) => switchesOn("versioning.enabled")(args) && isGiven(args, "retention_policy"),
        "'versioning' must not be enabled together with 'retention_policy': keep one of them",
      ),
      where(
        switchesOn("hierarchical_namespace.enabled"),
        must({ uniform_bucket_level_access: required(oneOf("true")) }),
        refuse(switchesOn("versioning.enabled"), `'versioning' must not be enabled: ${deletes}`),
      ),
      where(
        switchesOn("autoclass.enabled"),
        refuse(
          is("lifecycle_rule.action.type", "SetStorageClass"),
          "'lifecycle_rule' must not set a storage class: Autoclass does",
        ),
      ),
      within("lifecycle_rule", hasCondition(), ...ofAction()),
    ],
  },
});

function softDelete() {
  const days = between(7 * day, 90 * day);
  return {
    text: "0, or 7 to 90 days in seconds (604800 to 7776000)",
    accepts: (value: unknown) => value === 0 || days.accepts(value),
  };
}

/** A rule without a condition would delete everything; Google refuses it. */
function hasCondition(): Check {
  return (args, at) =>
    blocks(args["condition"]).every((condition) => Object.entries(condition).every(saysNothing))
      ? [`'${at}condition' must say when, such as { age = 30 }, got nothing`]
      : [];
}

/** Plans write what was left out as empty text, and "ANY" state is every object. */
function saysNothing([name, value]: [string, unknown]): boolean {
  return isNothing(value) || isFalse(value) || value === "ANY" || (value === 0 && name !== "age");
}

function ofAction(): Check[] {
  return [
    where(is("action.type", "SetStorageClass"), must({ "action.storage_class": required(oneOf(...classes)) })),
    where(is("action.type", "Delete"), never("action.storage_class", "the action deletes")),
    where(
      is("action.type", "AbortIncompleteMultipartUpload"),
      refuse(
        (args) => isGiven(args, "condition.with_state") && !is("condition.with_state", "ANY")(args),
        "'lifecycle_rule.condition.with_state' must not be set: uploads are aborted by 'age', 'matches_prefix' and 'matches_suffix' only",
      ),
      never("condition.num_newer_versions", "an upload has no versions"),
    ),
  ];
}
