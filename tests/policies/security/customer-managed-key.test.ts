import { listOf } from "../../../policies/arguments";
import { customerManagedKey } from "../../../policies/security/customer-managed-key";
import { bothShapes } from "../../support/shapes";

const places: [type: string, path: string][] = [
  ["google_artifact_registry_repository", "kms_key_name"],
  ["google_bigquery_dataset", "default_encryption_configuration.kms_key_name"],
  ["google_bigquery_table", "encryption_configuration.kms_key_name"],
  ["google_cloud_run_v2_service", "template.encryption_key"],
  ["google_dataflow_flex_template_job", "kms_key_name"],
  ["google_logging_project_bucket_config", "cmek_settings.kms_key_name"],
  ["google_pubsub_topic", "kms_key_name"],
  ["google_storage_bucket", "encryption.default_kms_key_name"],
  ["google_vertex_ai_endpoint", "encryption_spec.kms_key_name"],
  ["google_vertex_ai_tensorboard", "encryption_spec.kms_key_name"],
];

const withKey = (path: string, key: unknown) =>
  path.split(".").reduceRight<unknown>((value, name) => ({ [name]: value }), key) as Record<string, unknown>;
const check = (type: string, args: Record<string, unknown>) =>
  bothShapes(args).flatMap(([, shape]) => listOf(customerManagedKey.check(shape, type)));

test("the policy looks at every type of the platform that takes a key", () => {
  expect(customerManagedKey.types).toEqual(expect.arrayContaining(places.map(([type]) => type)));
});

test("a secret names its key in either kind of replication", () => {
  const keyed = { customer_managed_encryption: { kms_key_name: "k" } };
  for (const replication of [{ auto: keyed }, { user_managed: { replicas: [keyed] } }]) {
    expect(check("google_secret_manager_secret", { replication })).toEqual([]);
  }
  const message =
    "'replication.user_managed.replicas.customer_managed_encryption.kms_key_name' or 'replication.auto.customer_managed_encryption.kms_key_name' must name a key of the platform, got nothing";
  expect(check("google_secret_manager_secret", { replication: { auto: {} } })).toEqual([message, message]);
});

test("one disk without a key is enough, and what has no data of its own needs none", () => {
  const clusters = [{ kms_key_name: "k" }, {}];
  expect(check("google_bigtable_instance", { cluster: clusters })).toEqual(
    Array(2).fill("'cluster.kms_key_name' must name a key of the platform, got nothing"),
  );
  expect(check("google_bigquery_table", { view: { query: "SELECT 1" } })).toEqual([]);
});

test("a further disk needs a key too, and jobs on a cluster that is there need none", () => {
  const disks = (kms_key?: string) => ({ gce_setup: { boot_disk: { kms_key: "k" }, data_disks: { kms_key } } });
  expect(check("google_workbench_instance", disks("k"))).toEqual([]);
  expect(check("google_workbench_instance", disks())).toEqual(
    Array(2).fill("'gce_setup.data_disks.kms_key' must name a key of the platform, got nothing"),
  );
  const placement = { cluster_selector: { cluster_labels: [] } };
  expect(check("google_dataproc_workflow_template", { placement })).toEqual([]);
});

test.each(places)("%s with a key at %s passes, also with one that is not known yet", (type, path) => {
  for (const key of ["projects/p/locations/l/keyRings/r/cryptoKeys/k", "${google_kms_crypto_key.Key.id}"]) {
    expect(check(type, withKey(path, key))).toEqual([]);
  }
});

test.each(places)("%s without a key at %s is refused", (type, path) => {
  const message = `'${path}' must name a key of the platform, got nothing`;
  for (const args of [{}, withKey(path, undefined), withKey(path, null), withKey(path, "")]) {
    expect(check(type, args)).toEqual([message, message]);
  }
});
