import type { Configuration } from "../../../tools/sandbox/provider/configuration";
import { identify, projectOf } from "../../../tools/sandbox/provider/identity";
import { ProjectNumbers } from "../../../tools/sandbox/project";
import type { ValueObject } from "../../../tools/sandbox/values/value";

const configuration: Configuration = {
  project: "acme",
  region: "europe-west4",
  zone: undefined,
  defaultLabels: {},
  attributionLabel: true,
};
const numbers = new ProjectNumbers({ acme: "123456789012" });

function idOf(type: string, args: ValueObject, isTaken: (id: string) => boolean = () => false): string {
  return identify(type, args, configuration, numbers, isTaken).id;
}

test.each<[string, ValueObject, string]>([
  ["google_pubsub_topic", { name: "events" }, "projects/acme/topics/events"],
  ["google_pubsub_topic", { name: "events", project: "other" }, "projects/other/topics/events"],
  ["google_compute_router_nat", { name: "n", router: "projects/acme/regions/r/routers/ml" }, "acme/europe-west4/ml/n"],
  [
    "google_cloud_quotas_quota_preference",
    { name: "t4", parent: "projects/123456789012" },
    "projects/123456789012/locations/global/quotaPreferences/t4",
  ],
  [
    "google_monitoring_slo",
    { service: "projects/acme/services/churn", slo_id: "up" },
    "projects/123456789012/services/churn/serviceLevelObjectives/up",
  ],
  [
    "google_pubsub_topic_iam_member",
    { topic: "projects/other/topics/events", role: "projects/acme/roles/r", member: "user:a@b.c" },
    "projects/other/topics/events/projects/acme/roles/r/user:a@b.c",
  ],
  [
    "google_project_iam_member",
    { project: "acme", role: "roles/viewer", member: "user:a@b.c", condition: [{ title: "until-2030" }] },
    "acme/roles/viewer/user:a@b.c/until-2030",
  ],
])("%s gets the id that Google gives", (type, args, id) => {
  expect(idOf(type, args)).toBe(id);
});

test("what the server makes up is the same for the same arguments, and never taken twice", () => {
  const channel = (isTaken?: (id: string) => boolean) =>
    idOf("google_monitoring_notification_channel", { type: "email" }, isTaken);
  const first = channel();

  expect(first).toMatch(/^projects\/acme\/notificationChannels\/\d{19}$/);
  expect(channel()).toBe(first);
  expect(channel((id) => id === first)).not.toBe(first);
  expect(idOf("google_redis_instance", { name: "a" })).not.toBe(idOf("google_redis_instance", { name: "b" }));
});

test("keys belong to the project of their ring, other resources to that of the provider", () => {
  const ring = "projects/keys/locations/europe/keyRings/r";

  expect(projectOf("google_kms_crypto_key", { key_ring: ring }, configuration, numbers)).toBe("keys");
  expect(
    projectOf("google_storage_bucket_object", { kms_key_name: `${ring}/cryptoKeys/k` }, configuration, numbers),
  ).toBe("acme");
  expect(projectOf("google_project_service", { project: "123456789012" }, configuration, numbers)).toBe("acme");
  expect(projectOf("google_storage_bucket", { name: "b" }, { project: undefined }, numbers)).toBeUndefined();
});

test("a resource without any project is refused", () => {
  expect(() =>
    identify("google_pubsub_topic", { name: "t" }, { ...configuration, project: undefined }, numbers, () => false),
  ).toThrow("project: required field is not set");
});
