import { join } from "node:path";

import { parseSource, sourceOf } from "../../../tools/sandbox/schema/bindings";
import type { Block } from "../../../tools/sandbox/schema/schema";

const lib = join(__dirname, "../../../node_modules/@cdktf/provider-google/lib");

function blockOf(name: string): Block {
  return parseSource(sourceOf(join(lib, name)))!.block;
}

test("a resource has Terraform's name and kind", () => {
  expect(parseSource(sourceOf(join(lib, "pubsub-topic")))).toMatchObject({
    kind: "TerraformResource",
    type: "google_pubsub_topic",
  });
  expect(parseSource(sourceOf(join(lib, "data-google-project")))).toMatchObject({
    kind: "TerraformDataSource",
    type: "google_project",
  });
});

test("attributes have types and flags", () => {
  const { attributes } = blockOf("storage-bucket");

  expect(attributes["location"]).toEqual({ type: "string", required: true, optional: false, computed: false });
  expect(attributes["project"]).toEqual({ type: "string", required: false, optional: true, computed: true });
  expect(attributes["project_number"]).toEqual({ type: "number", required: false, optional: false, computed: true });
  expect(attributes["force_destroy"]?.type).toBe("bool");
  expect(attributes["effective_labels"]?.type).toEqual(["map", "string"]);
});

test("blocks nest, and know whether they are lists, sets or single, and how often they occur", () => {
  const { blocks } = blockOf("storage-bucket");

  expect(blocks["versioning"]).toMatchObject({ nesting: "list", minItems: 0, maxItems: 1 });
  expect(blocks["lifecycle_rule"]).toMatchObject({ nesting: "list", minItems: 0, maxItems: 0 });
  expect(blocks["lifecycle_rule"]?.block.blocks["action"]).toMatchObject({ nesting: "set", minItems: 1, maxItems: 1 });
  expect(blocks["timeouts"]).toMatchObject({ nesting: "single", minItems: 0, maxItems: 0 });
  expect(blocks["custom_placement_config"]?.block.attributes["data_locations"]?.type).toEqual(["set", "string"]);
});

test("objects that Google computes are attributes", () => {
  expect(blockOf("kms-crypto-key").attributes["primary"]).toEqual({
    type: ["list", ["object", { name: "string", state: "string" }]],
    required: false,
    optional: false,
    computed: true,
  });
});

test("large types, split over several files, are read whole", () => {
  const { attributes, blocks } = blockOf("container-cluster");

  expect(attributes["name"]).toMatchObject({ required: true });
  expect(blocks["node_config"]?.block.blocks["shielded_instance_config"]).toMatchObject({ maxItems: 1 });
});

test("provider blocks are read from their HCL form", () => {
  const { attributes, blocks } = blockOf("provider");

  expect(attributes["default_labels"]?.type).toEqual(["map", "string"]);
  expect(attributes["scopes"]?.type).toEqual(["list", "string"]);
  expect(attributes["alias"]).toBeUndefined();
  expect(blocks["batching"]?.block.attributes["send_after"]).toMatchObject({ type: "string", optional: true });
  expect(blocks["external_credentials"]?.block.attributes["audience"]).toMatchObject({ required: true });
});

test("source without a resource declares nothing", () => {
  expect(parseSource("export interface Nothing {}")).toBeUndefined();
});
