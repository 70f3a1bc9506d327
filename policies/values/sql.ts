import { isTrue, valueAt } from "../arguments";
import { anyOf, is, must, valuePolicy, where, within } from "../checks";
import { matches, required } from "../expected";

export const sql = valuePolicy({
  id: "sqladmin/instance-arguments",
  why: "The provider plans instances that cannot be reached or restored; the API refuses them, and keeps a name for a week (sqladmin v1, DatabaseInstance).",
  checks: {
    google_sql_database_instance: [
      must({
        name: required(
          matches(
            /^[a-z][-a-z0-9]{0,96}[a-z0-9]$/,
            "lower-case letters, digits and hyphens: without one, every replacement gets another name",
          ),
        ),
        database_version: matches(
          /^(?:MYSQL_\d_\d(?:_\d+)?|POSTGRES_\d+(?:_\d+)?|SQLSERVER_\d{4}_[A-Z]+)$/,
          "a version of Cloud SQL, such as POSTGRES_16",
        ),
        "settings.tier": matches(
          /^db-[a-z0-9]+(?:-[A-Za-z0-9]+)*$/,
          "a machine of Cloud SQL, such as db-custom-2-7680",
        ),
      }),
      within("settings.ip_configuration", where(is("ipv4_enabled", false), anyOf("private_network", "psc_config"))),
      within(
        "settings.backup_configuration",
        where((args) => isTrue(valueAt(args, "point_in_time_recovery_enabled")), anyOf("enabled")),
      ),
    ],
  },
});
