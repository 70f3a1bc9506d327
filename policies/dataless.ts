import { type Arguments, isMissing } from "./arguments";

const signs = ["view", "materialized_view", "external_data_configuration", "placement.cluster_selector"];

/** Whether a resource holds no data of its own: a view, a table of files elsewhere, jobs on a cluster that is there. */
export function isDataless(args: Arguments): boolean {
  return !signs.every((path) => isMissing(args, path));
}
