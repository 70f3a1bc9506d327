import { settingPolicy } from "../settings";

export const databaseTakesTlsOnly = settingPolicy({
  id: "sqladmin/tls-only",
  why: "Otherwise passwords and rows cross the network as plain text.",
  controls: ["CIS GCP 6.4", "NIST 800-53 SC-8"],
  settings: {
    google_sql_database_instance: {
      "settings.ip_configuration.ssl_mode": ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"],
    },
  },
});
