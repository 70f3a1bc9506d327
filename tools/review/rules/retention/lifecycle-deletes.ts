import { type Arguments, blocks, isAmong, valueAt } from "../../../../policies/arguments";
import { ownOf } from "../own";
import { changeRule } from "../rule";

/** Types with the blocks that delete by themselves. */
const deleting: Readonly<Record<string, { readonly path: string; readonly action: string; readonly value: string }>> = {
  google_artifact_registry_repository: { path: "cleanup_policies", action: "action", value: "DELETE" },
  google_storage_bucket: { path: "lifecycle_rule", action: "action.type", value: "Delete" },
};

export const lifecycleDeletes = changeRule({
  id: "retention/lifecycle-deletes",
  title: "A rule that deletes is added or changed",
  severity: "high",
  why: "The rule also applies to what is there already: within a day what matches is deleted (Cloud Storage documentation, 'Object Lifecycle Management').",
  check: "What matches it today? Count it before the rule is applied.",
  findIn: (change) => {
    const rule = ownOf(deleting, change.type);
    if (!rule || !change.isChange) {
      return undefined;
    }
    const conditions = ({ [rule.path]: value }: Arguments) =>
      blocks(value)
        .filter((block) => isAmong(valueAt(block, rule.action), [rule.value]))
        .map((block) => JSON.stringify(block["condition"] ?? block));
    const [before, after] = [conditions(change.before), conditions(change.after)];
    const added = after.filter((condition) => !before.includes(condition));
    return added.length > 0
      ? {
          message: `${added.length === 1 ? "a rule that deletes is" : `${added.length} rules that delete are`} added or changed`,
          differences: change.of(rule.path),
        }
      : undefined;
  },
});
