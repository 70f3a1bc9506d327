import { isAmong } from "../../../../policies/arguments";
import { watchRule } from "../watch-rule";
import { becomes, leaves, turnsOff, turnsOn, type Worse } from "../worse";
import { everywhere } from "./ranges";

const isNew: Worse = { from: () => true, to: (after, before) => after !== undefined && after !== before };

export const databaseIsOpen = watchRule({
  id: "exposure/database",
  title: "A database can be reached from more places",
  severity: "critical",
  why: "A public address is tried by everybody, and only a password stands before the data; the list of networks that may come in does not ask who.",
  check: "Who connects from there, and would the Cloud SQL proxy or a private address do?",
  watched: {
    google_alloydb_instance: {
      "network_config.authorized_external_networks.cidr_range": isNew,
      "network_config.enable_public_ip": turnsOn,
    },
    google_redis_instance: { auth_enabled: turnsOff, transit_encryption_mode: becomes("DISABLED") },
    google_sql_database_instance: {
      "settings.ip_configuration.authorized_networks.value": isNew,
      "settings.ip_configuration.ipv4_enabled": turnsOn,
      "settings.ip_configuration.require_ssl": turnsOff,
      "settings.ip_configuration.ssl_mode": leaves("ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"),
    },
  },
  severityOf: (worse) => (worse.some(({ after }) => isAmong(after, everywhere)) ? "critical" : "high"),
});
