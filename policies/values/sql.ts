import { isTrue, valueAt, textOf } from "../arguments";
import { anyOf, is, must, valuePolicy, where, within } from "../checks";
import { matches, required } from "../expected";

const named =
  /^db-(?:f1-micro|g1-small|n1-(?:standard|highmem)-\d+|(?:perf|memory)-optimized-N-\d+|c4a-(?:standard|highmem)-\d+(?:-lssd)?)$/;

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
          /^(?:MYSQL_(?:5_[67]|8_[04](?:_\d+)?)|POSTGRES_(?:9_6|1[0-9])|SQLSERVER_20(?:17|19|22|25)_(?:STANDARD|ENTERPRISE|EXPRESS|WEB))$/,
          "a version of Cloud SQL, such as POSTGRES_16",
        ),
        "settings.tier": {
          text: "a machine of Cloud SQL, such as db-custom-2-7680: 1 or an even number of processors, each with 0.9 to 6.5 GiB, in steps of 256 MiB from 3840",
          accepts: (value) => named.test(textOf(value)) || isCustom(textOf(value)),
        },
      }),
      within("settings.ip_configuration", where(is("ipv4_enabled", false), anyOf("private_network", "psc_config"))),
      within(
        "settings.backup_configuration",
        where((args) => isTrue(valueAt(args, "point_in_time_recovery_enabled")), anyOf("enabled")),
      ),
    ],
  },
});

function isCustom(tier: string): boolean {
  const [, processors = NaN, mebibytes = NaN] = (/^db-custom(?:-N4)?-(\d+)-(\d+)$/.exec(tier) ?? []).map(Number);
  const memory = mebibytes / processors;
  const whole = processors === 1 || (processors % 2 === 0 && processors > 0 && processors <= 96);
  return whole && mebibytes >= 3840 && mebibytes % 256 === 0 && memory >= 0.9 * 1024 && memory <= 6.5 * 1024;
}
