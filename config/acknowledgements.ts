import type { EnvironmentConfig } from "./schema/environment";

/** A finding of a policy that an environment accepts. */
export interface Acknowledgement {
  readonly policy: string;
  readonly address: string;
  readonly reason: string;
  /** @default - a setting accepts it, for as long as it says so */
  readonly expires?: string;
}

/** What an environment accepts: what it acknowledges, and what its settings say on purpose. */
export function acknowledgementsOf(environment: EnvironmentConfig): readonly Acknowledgement[] {
  const { acknowledgements, audit, deletionProtection, quotas } = environment;
  return [
    ...acknowledgements,
    ...(deletionProtection
      ? []
      : ["platform/data-is-kept", "platform/keys-are-kept"].map((id) => bySetting(id, "deletionProtection: false"))),
    ...(audit.locked ? [] : [bySetting("logging/audit-bucket-is-locked", "audit.locked: false")]),
    ...(quotas.protected ? [] : [bySetting("cloudquotas/preference-is-protected", "quotas.protected: false")]),
  ];
}

function bySetting(policy: string, reason: string): Acknowledgement {
  return { policy, address: "*", reason };
}
