import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Catalogue } from "../../../tools/sandbox/schema/catalogue";

const folder = mkdtempSync(join(tmpdir(), "sandbox-cache-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("every type of the bindings is served, with facts where they are written down", () => {
  const catalogue = new Catalogue("google", folder);

  expect(catalogue.resourceTypes.length).toBeGreaterThan(1_000);
  expect(catalogue.dataSourceTypes.length).toBeGreaterThan(300);
  const topic = catalogue.resource("google_pubsub_subscription");
  expect(topic).toMatchObject({ version: 0, hasFacts: true });
  expect(topic?.block.attributes["name"]).toMatchObject({ forceNew: true });
  expect(topic?.block.attributes["message_retention_duration"]).toMatchObject({ default: "604800s" });
  expect(topic?.block.blocks["expiration_policy"]).toMatchObject({ computed: true });
  expect(catalogue.resource("google_storage_bucket")?.version).toBe(3);
  expect(catalogue.resource("google_redis_instance")).toMatchObject({ version: 0, hasFacts: false });
  expect(catalogue.resource("google_no_such_thing")).toBeUndefined();
});

test("bindings are parsed once, and read from the cache afterwards", () => {
  const [file] = readdirSync(folder);
  expect(file).toMatch(/^google@[\d.]+-\d+\.json$/);
  const { mtimeMs } = statSync(join(folder, file!));

  expect(new Catalogue("google", folder).resource("google_pubsub_topic")?.block.attributes["name"]?.required).toBe(
    true,
  );
  expect(statSync(join(folder, file!)).mtimeMs).toBe(mtimeMs);
});

test("a cache that was cut in half is parsed again", () => {
  const file = join(folder, readdirSync(folder)[0]!);
  const whole = readFileSync(file, "utf8");
  truncateSync(file, 1_000);

  expect(new Catalogue("google", folder).resource("google_pubsub_topic")).toBeDefined();
  expect(readFileSync(file, "utf8")).toBe(whole);
});
