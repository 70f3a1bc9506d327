import { stackDifference } from "../../tools/delivery/stack-difference";

const note = (path: string) => ({ metadata: { path, uniqueId: path } });
const config = {
  "//": { metadata: { version: "0.21.0", stackName: "dev-top" } },
  provider: { google: [{ project: "acme", region: "europe-west4" }] },
  resource: {
    google_pubsub_topic: { Topic: { "//": note("dev-top/Topic"), name: "events", labels: { a: "1", b: "2" } } },
  },
  data: { google_project: { Project: { project_id: "acme" } } },
  output: { name: { value: "events" } },
  moved: [{ from: "a.b", to: "a.c" }],
  terraform: {
    backend: { gcs: { bucket: "states", prefix: "dev-top" } },
    required_providers: { google: { source: "google", version: "6.50.0" } },
    required_version: ">= 1.9",
  },
};
const content = { config, files: { "assets/query.sql": "1" } };

/** The configuration with one value replaced, or taken out. */
function changed(path: string, value?: unknown): typeof config {
  const copy = structuredClone(config);
  const keys = path.split("/");
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) {
    Reflect.deleteProperty(parent, last);
  } else {
    parent[last] = value;
  }
  return copy;
}

test("notes for people and the order of keys make no difference", () => {
  const labels = changed("resource/google_pubsub_topic/Topic/labels", { b: "2", a: "1" });
  const reordered = Object.fromEntries(Object.entries(labels).reverse());
  const others = [
    reordered,
    { ...config, "//": { metadata: { version: "0.22.0" } } },
    changed("resource/google_pubsub_topic/Topic", {
      ...config.resource.google_pubsub_topic.Topic,
      "//": note("dev-top/Elsewhere/Topic"),
    }),
  ];
  for (const other of others) {
    expect(stackDifference(content, { ...content, config: other })).toEqual([]);
  }
});

test.each<[string, unknown, string]>([
  ["resource/google_pubsub_topic/Topic/name", "others", "google_pubsub_topic.Topic changed: name"],
  ["resource/google_pubsub_topic/Topic/labels/a", "3", "google_pubsub_topic.Topic changed: labels"],
  ["resource/google_pubsub_topic/Topic/kms_key_name", "key", "google_pubsub_topic.Topic changed: kms_key_name"],
  ["resource/google_pubsub_topic/Topic", undefined, "google_pubsub_topic.Topic removed"],
  ["resource/google_pubsub_topic", undefined, "google_pubsub_topic.Topic removed"],
  ["resource/google_storage_bucket", { Raw: {} }, "google_storage_bucket.Raw added"],
  ["data/google_project/Project/project_id", "other", "data.google_project.Project changed: project_id"],
  ["output/name/value", "others", "output.name changed: value"],
  ["provider/google", [{ project: "acme", region: "us-east1" }], "provider.google changed: region"],
  ["moved", [], "moved changed"],
  ["import", [{ to: "a.b", id: "1" }], "import changed"],
  [
    "terraform/required_providers/google/version",
    "6.51.0",
    "provider version of google changed: google 6.50.0 to google 6.51.0",
  ],
  ["terraform/required_version", ">= 1.10", "terraform.required_version changed"],
  ["terraform/backend/gcs/bucket", "others", "backend gcs changed: bucket"],
])("%s", (path, value, reason) => {
  expect(stackDifference(content, { ...content, config: changed(path, value) })).toEqual([reason]);
});

test("another backend is one removed and one added", () => {
  const local = changed("terraform/backend", { local: { path: "state" } });
  expect(stackDifference(content, { ...content, config: local })).toEqual([
    "backend gcs removed",
    "backend local added",
  ]);
});

test("a list may hold the same in another order and mean something else", () => {
  const zones = (value: string[]) => ({
    ...content,
    config: changed("resource/google_pubsub_topic/Topic/labels", value),
  });
  expect(stackDifference(zones(["a", "b"]), zones(["b", "a"]))).toEqual(["google_pubsub_topic.Topic changed: labels"]);
});

test("files beside the configuration count", () => {
  const files = { "assets/query.sql": "2", "terraform.tfvars": "1" };
  expect(stackDifference(content, { ...content, files })).toEqual([
    "file assets/query.sql changed",
    "file terraform.tfvars added",
  ]);
});
