import { isGiven } from "../arguments";
import type { Policy } from "../policy";

/** Arguments that hold a secret, and what to use instead. */
const secretArguments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  google_bigquery_data_transfer_config: {
    "sensitive_params.secret_access_key": "set 'sensitive_params.secret_access_key_wo'",
  },
  google_datastream_connection_profile: Object.fromEntries(
    ["mysql", "oracle", "postgresql", "sql_server"].map((kind) => [
      `${kind}_profile.password`,
      `set '${kind}_profile.secret_manager_stored_password'`,
    ]),
  ),
  google_secret_manager_secret_version: {
    secret_data: "add the version outside of Terraform, or set 'secret_data_wo'",
  },
  google_sql_user: { password: "set 'password_wo', or let people log in through IAM" },
  google_sql_database_instance: { root_password: "set it outside of Terraform" },
};

export const noSecretsInState: Policy = {
  id: "secretmanager/no-secrets-in-state",
  kind: "security",
  types: Object.keys(secretArguments),
  why: "Terraform writes every argument into its state, where everybody who may plan can read it.",
  controls: ["NIST 800-53 IA-5", "NIST 800-53 SC-28"],
  check: (args, type) =>
    Object.entries(secretArguments[type]!)
      .filter(([name]) => isGiven(args, name))
      .map(([name, instead]) => `'${name}' must not be set: ${instead}`),
};
