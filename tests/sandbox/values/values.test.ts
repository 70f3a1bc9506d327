import { encode, ExtData } from "@msgpack/msgpack";

import type { Block } from "../../../tools/sandbox/schema/schema";
import { formatJson, parseJson } from "../../../tools/sandbox/values/json";
import { decodeValue, encodeValue } from "../../../tools/sandbox/values/msgpack";
import { shape } from "../../../tools/sandbox/values/shape";
import { canonical, equal, hasUnknown, UNKNOWN, type Value } from "../../../tools/sandbox/values/value";

const flags = { required: false, optional: true, computed: false };
const block: Block = {
  attributes: {
    name: { type: "string", ...flags },
    size: { type: "number", ...flags },
    on: { type: "bool", ...flags },
    tags: { type: ["set", "string"], ...flags },
    labels: { type: ["map", "string"], ...flags },
    parts: { type: ["list", ["object", { at: "string", to: "number" }]], ...flags },
  },
  blocks: {
    rule: {
      nesting: "list",
      minItems: 0,
      maxItems: 0,
      block: { attributes: { age: { type: "number", ...flags } }, blocks: {} },
    },
    timeouts: {
      nesting: "single",
      minItems: 0,
      maxItems: 0,
      block: { attributes: { create: { type: "string", ...flags } }, blocks: {} },
    },
  },
};

test.each<Value>([
  null,
  true,
  "text",
  0,
  -7,
  2 ** 40,
  9_223_372_036_854_775_807n,
  [],
  {},
  ["a", null, UNKNOWN],
  { inner: { list: [{ deep: UNKNOWN }] } },
])("%p survives the way to Terraform and back", (value) => {
  expect(canonical(decodeValue(encodeValue(value)))).toBe(canonical(value));
});

test("unknown values are read in both forms, and written as the plain one", () => {
  const refined = encode(new ExtData(12, Uint8Array.of(0x81, 0x01, 0xc2)));

  expect(decodeValue(refined)).toBe(UNKNOWN);
  expect(decodeValue(Uint8Array.of(0xd4, 0, 0))).toBe(UNKNOWN);
  expect([...encodeValue(UNKNOWN)]).toEqual([0xd4, 0, 0]);
});

test("fractions travel as decimal text, so that 0.1 stays 0.1", () => {
  expect(decodeValue(encodeValue({ goal: 0.1 }))).toEqual({ goal: "0.1" });
  expect(shape(block, { size: "0.1" })["size"]).toBe(0.1);
});

test("a value gets the shape of its schema: all attributes, empty blocks, real numbers", () => {
  expect(shape(block, { size: "12", rule: [{ age: 3n }], gone: "x", labels: { a: "b" } })).toEqual({
    name: null,
    size: 12,
    on: null,
    tags: null,
    labels: { a: "b" },
    parts: null,
    rule: [{ age: 3 }],
    timeouts: null,
  });
  expect(shape(block, null)).toMatchObject({ rule: [], timeouts: null });
  expect(shape(block, { tags: [], parts: [{ at: "x" }] })).toMatchObject({ tags: [], parts: [{ at: "x", to: null }] });
});

test("unknown blocks and elements keep being unknown", () => {
  expect(shape(block, { rule: UNKNOWN })["rule"]).toBe(UNKNOWN);
  expect(shape(block, { rule: [UNKNOWN] })["rule"]).toEqual([UNKNOWN]);
  expect(hasUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
  expect(hasUnknown({ a: [{ b: null }] })).toBe(false);
});

test("equality does not depend on the order of keys", () => {
  expect(equal({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(equal({ a: "1" }, { a: 1 })).toBe(false);
  expect(equal([], null)).toBe(false);
});

test("JSON keeps long integers, and leaves digits in texts and fractions alone", () => {
  const json =
    '{"big": 9223372036854775807, "text": "9223372036854775807", "part": 0.12345678901234567, "esc": "\\"12345678901234567"}';
  const value = parseJson(json);

  expect(value).toEqual({
    big: "9223372036854775807",
    text: "9223372036854775807",
    part: 0.12345678901234567,
    esc: '"12345678901234567',
  });
  expect(JSON.parse(formatJson({ a: [1, { b: null }], empty: [], none: {} }))).toEqual({
    a: [1, { b: null }],
    empty: [],
    none: {},
  });
  expect(formatJson({ big: 9_223_372_036_854_775_807n })).toBe('{\n  "big": 9223372036854775807\n}');
});
