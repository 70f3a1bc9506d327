/** Terraform's reasons in words. https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const words: Readonly<Record<string, string>> = {
  replace_because_cannot_update: "an argument changes that cannot be changed in place",
  replace_because_tainted: "it is tainted: an earlier apply left it half made",
  replace_by_request: "a replacement was asked for with -replace",
  replace_by_triggers: "something changes that 'replace_triggered_by' names",
  delete_because_no_resource_config: "it is no longer in the configuration",
  delete_because_wrong_repetition: "its 'count' or 'for_each' came or went",
  delete_because_count_index: "its index is beyond 'count'",
  delete_because_each_key: "its key is no longer in 'for_each'",
  delete_because_no_module: "its module is no longer called",
  delete_because_no_move_target: "it was moved to an address that is not in the configuration",
  read_because_config_unknown: "its arguments are known after apply",
  read_because_dependency_pending: "something it depends on changes",
  read_because_check_nested: "a check reads it again",
};

/** Why Terraform plans a change, in words; a reason that nobody here knows is named as it is. */
export function reasonText(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : (words[reason] ?? `Terraform says '${reason}'`);
}
