import { type Arguments, isObject } from "../../policies/arguments";
import { checkArguments } from "../../policies/check";
import { plannedArguments } from "../../policies/planned";
import { findRealPlans } from "../sandbox/support/real-plans";

const plans = findRealPlans();
const withPlans = plans ? describe : describe.skip;

/** Arguments as people write them: single blocks as objects, nothing for what is absent. */
function asWritten(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [first, ...others] = value;
    return isObject(first) && others.length === 0 ? asWritten(first) : value.map(asWritten);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, inner]) => inner !== null && !(Array.isArray(inner) && inner.length === 0))
          .map(([name, inner]) => [name, asWritten(inner)]),
      )
    : value;
}

withPlans("configurations that the real provider planned, and that are meant to be right", () => {
  const resources = (plans?.names ?? []).flatMap((name) =>
    [...plans!.planOf(name)].map(([address, { change }]) => ({
      address: `${name} ${address}`,
      type: address.slice(0, address.indexOf(".")),
      args: plannedArguments(change.after, change.after_unknown),
    })),
  );
  const findings = (kind: "value" | "security", shape: (args: Arguments) => unknown) =>
    resources.flatMap(({ address, type, args }) =>
      checkArguments(type, shape(args), kind).map(({ policy }) => `${address} ${policy}`),
    );

  test("hold no value that a rule refuses, as planned and as written", () => {
    process.stdout.write(`no value of ${resources.length} resources that the real provider planned is refused\n`);
    expect(findings("value", (args) => args)).toEqual([]);
    expect(findings("value", asWritten)).toEqual([]);
  });

  test("break rules of security where they leave a default out, the same in both shapes", () => {
    expect(findings("security", (args) => args)).toEqual([
      "foundation google_artifact_registry_repository.hub kms/customer-managed-key",
      "foundation google_compute_firewall.dataflow compute/firewall-is-narrow",
      "foundation google_iam_workload_identity_pool_provider.gh iam/federation-is-to-one-repository",
      "ingestion google_bigquery_connection.sql kms/customer-managed-key",
      "ingestion google_bigquery_table.pol kms/customer-managed-key",
      "ingestion google_bigquery_table.pol platform/data-is-kept",
      "ingestion google_datastream_connection_profile.pg secretmanager/no-secrets-in-state",
      "ingestion google_datastream_stream.g kms/customer-managed-key",
      "ingestion google_pubsub_subscription.push pubsub/undeliverable-is-kept",
      "ingestion google_pubsub_topic.import kms/customer-managed-key",
      "ingestion google_sql_user.u secretmanager/no-secrets-in-state",
      "ingestion google_storage_bucket.curated kms/customer-managed-key",
      "serving google_vertex_ai_endpoint.peer kms/customer-managed-key",
    ]);
    expect(findings("security", asWritten)).toEqual(findings("security", (args) => args));
  });
});
