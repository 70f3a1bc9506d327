import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Cloud } from "../../tools/sandbox/cloud";

let root: string;
let cloud: Cloud;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sandbox-cloud-"));
  cloud = new Cloud(root);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const topic = {
  type: "google_pubsub_topic",
  id: "projects/acme/topics/events",
  values: { name: "events", labels: { a: "b" } },
};

test("a resource is found by type and id, also by another process", () => {
  cloud.put(topic);

  expect(cloud.get(topic.type, topic.id)).toEqual(topic);
  expect(new Cloud(root).get(topic.type, topic.id)).toEqual(topic);
  expect(cloud.get("google_pubsub_subscription", topic.id)).toBeUndefined();
});

test("lists are sorted and leave out what was deleted", () => {
  cloud.put(topic);
  cloud.put({ ...topic, id: "projects/acme/topics/clicks" });
  cloud.put({ ...topic, type: "google_compute_network" });
  cloud.delete("google_compute_network", topic.id);

  expect(cloud.list().map(({ id }) => id)).toEqual(["projects/acme/topics/clicks", "projects/acme/topics/events"]);
  expect(cloud.list("google_compute_network")).toEqual([]);
});

test.each(["..", ".", "../../escape", "a b:c*'()!~/ü", "x".repeat(5_000)])("the id %.20s is safe", (id) => {
  cloud.put({ ...topic, id });

  expect(cloud.get(topic.type, id)?.id).toBe(id);
  expect(readdirSync(join(root, ".sandbox", "cloud"))).toEqual([topic.type]);
  expect(readdirSync(join(root, ".sandbox", "cloud", topic.type))).toHaveLength(1);
});

test("ids that are long and alike do not collide", () => {
  const long = "x".repeat(400);
  cloud.put({ ...topic, id: `${long}1` });
  cloud.put({ ...topic, id: `${long}2` });

  expect(cloud.list()).toHaveLength(2);
});

test("a broken file is an error that names the file and the way out", () => {
  cloud.put(topic);
  const folder = join(root, ".sandbox", "cloud", topic.type);
  const file = join(folder, readdirSync(folder)[0]!);
  writeFileSync(file, '{"type": "google_pub');

  expect(() => cloud.get(topic.type, topic.id)).toThrow(
    `${file} must hold a resource of the sandbox as JSON, got "{\\"type\\": \\"google_pub"; delete the file to make the sandbox ` +
      "forget the resource, then apply again",
  );
});

test("what another process is still writing is not listed", () => {
  cloud.put(topic);
  writeFileSync(join(root, ".sandbox", "cloud", topic.type, "half.json.123.tmp"), "{");

  expect(cloud.list()).toHaveLength(1);
});

test("one value can be changed, deep inside as well", () => {
  cloud.put({ ...topic, values: { ...topic.values, rule: [{ age: 1 }] } });
  cloud.set(topic.type, topic.id, "labels.a", "c");
  cloud.set(topic.type, topic.id, "rule.0.age", 2);

  expect(cloud.get(topic.type, topic.id)?.values).toEqual({ name: "events", labels: { a: "c" }, rule: [{ age: 2 }] });
});

test.each([
  [
    "projects/acme/topics/none",
    "labels.a",
    "google_pubsub_topic 'projects/acme/topics/none' does not exist in the sandbox",
  ],
  [topic.id, "nmae", "google_pubsub_topic has no 'nmae'; it has labels, name"],
  [topic.id, "name.deep", "'name.deep' does not lead to a value: there is no 'deep'"],
])("what cannot be changed is an error", (id, path, message) => {
  cloud.put(topic);

  expect(() => {
    cloud.set(topic.type, id, path, "x");
  }).toThrow(message);
});

test("forgetting leaves nothing", () => {
  cloud.put(topic);
  cloud.forget();

  expect(cloud.list()).toEqual([]);
  cloud.forget();
});

test("types without facts are counted", () => {
  cloud.put(topic);
  cloud.put({ ...topic, type: "google_redis_instance" });
  cloud.put({ ...topic, type: "google_redis_instance", id: "other" });

  expect(cloud.countWithoutFacts()).toEqual({ google_redis_instance: 2 });
});
