import { valuesAt } from "../arguments";
import type { Policy } from "../policy";

const path = "settings.ip_configuration.authorized_networks.value";

export const databaseIsNotOpen: Policy = {
  id: "sqladmin/no-open-networks",
  kind: "security",
  types: ["google_sql_database_instance"],
  why: "A database that takes connections from everywhere is guarded by its passwords alone.",
  controls: ["CIS GCP 6.5", "NIST 800-53 SC-7"],
  check: (args) =>
    valuesAt(args, path).includes("0.0.0.0/0")
      ? `'${path}' must not be "0.0.0.0/0": name the ranges that may connect`
      : undefined,
};
