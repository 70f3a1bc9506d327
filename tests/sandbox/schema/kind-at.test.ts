import { kindAt } from "../../../tools/sandbox/schema/kind-at";
import type { Attribute, Block, Type } from "../../../tools/sandbox/schema/schema";

const attribute = (type: Type): Attribute => ({ type, required: false, optional: true, computed: false });
const inner: Block = { attributes: { size: attribute("number") }, blocks: {} };
const block: Block = {
  attributes: {
    name: attribute("string"),
    paused: attribute("bool"),
    labels: attribute(["map", "string"]),
    regions: attribute(["list", "string"]),
    parts: attribute(["list", ["object", { part: "number" }]]),
  },
  blocks: {
    policy: { nesting: "list", minItems: 0, maxItems: 1, block: inner },
    timeouts: { nesting: "single", minItems: 0, maxItems: 1, block: inner },
  },
};

test.each([
  ["name", "text"],
  ["paused", "true or false"],
  ["labels", "a mapping"],
  ["labels.team", "text"],
  ["regions", "a list"],
  ["regions.0", "text"],
  ["parts.0", "a mapping"],
  ["parts.0.part", "a number"],
  ["policy", "a list"],
  ["policy.0", "a mapping"],
  ["policy.0.size", "a number"],
  ["timeouts", "a mapping"],
  ["timeouts.size", "a number"],
])("'%s' is %s", (path, kind) => {
  expect(kindAt(block, path.split("."))).toBe(kind);
});

test.each(["nope", "name.first", "policy.0.nope", "parts.0.nope", "constructor", "__proto__"])(
  "'%s' leads nowhere",
  (path) => {
    expect(kindAt(block, path.split("."))).toBeUndefined();
  },
);
