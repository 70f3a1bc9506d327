import { unknown } from "../../policies/arguments";
import { checkArguments } from "../../policies/check";
import { normalise } from "../../policies/normalise";
import { plannedArguments } from "../../policies/planned";

const bucket = (args: unknown) => normalise("google_storage_bucket", args);

test("a single block is a list of one, also inside of another, and a map stays a map", () => {
  const written = { labels: { team: "x" }, lifecycle_rule: { action: { type: "Delete" }, condition: { age: 3 } } };
  const planned = {
    labels: { team: "x" },
    lifecycle_rule: [{ action: [{ type: "Delete" }], condition: [{ age: 3 }] }],
  };
  expect(bucket(written)).toEqual(planned);
  expect(bucket(planned)).toEqual(planned);
});

test("what is null, an empty list of blocks or a comment is not there", () => {
  const args = {
    "//": { metadata: {} },
    name: "b",
    cors: null,
    encryption: [],
    versioning: [null],
    labels: { a: null, b: "c" },
  };
  expect(bucket(args)).toEqual({ name: "b", labels: { b: "c" } });
});

test("blocks that Terraform repeats are their content, and one that is unknown", () => {
  const dynamic = { cors: { for_each: "${var.cors}", content: { origin: ["*"] } } };
  expect(bucket({ dynamic, cors: { origin: ["a"] } })).toEqual({
    cors: [{ origin: ["a"] }, { origin: ["*"] }, unknown],
  });
  expect(bucket({ dynamic: [{ cors: [{ for_each: [], content: [{ max_age_seconds: 1 }] }] }] })).toEqual({
    cors: [{ max_age_seconds: 1 }, unknown],
  });
});

test("blocks that an expression stands for are unknown", () => {
  expect(bucket({ encryption: "${var.encryption}" })).toEqual({ encryption: [unknown] });
});

test.each([undefined, null, 1, "x", [], [{}], true])("%j has no arguments", (args) => {
  expect(bucket(args)).toEqual({});
});

test("a type that nobody knows keeps its shape", () => {
  expect(normalise("aws_s3_bucket", { versioning: { enabled: true } })).toEqual({ versioning: { enabled: true } });
});

test("a plan's values are marked wherever they are known after apply", () => {
  const after = { name: "b", labels: { a: "b" }, versioning: [{ enabled: true }], encryption: [] };
  const marks = { id: true, labels: {}, versioning: [{}], encryption: [{ default_kms_key_name: true }] };
  expect(plannedArguments(after, marks)).toEqual({
    id: unknown,
    name: "b",
    labels: { a: "b" },
    versioning: [{ enabled: true }],
    encryption: [{ default_kms_key_name: unknown }],
  });
  expect(plannedArguments(null, true)).toEqual({});
  expect(plannedArguments(undefined, undefined)).toEqual({});
});

test("planned values are judged by the same rules, of one kind where that is asked for", () => {
  const planned = plannedArguments(
    { name: "b-1", storage_class: "NOPE", uniform_bucket_level_access: false, public_access_prevention: null },
    { public_access_prevention: true, encryption: [{ default_kms_key_name: true }] },
  );
  const policies = (kind?: "value" | "security") =>
    checkArguments("google_storage_bucket", planned, kind).map(({ policy }) => policy);
  expect(policies()).toEqual([
    "storage/bucket-is-private",
    "storage/objects-can-be-restored",
    "storage/bucket-arguments",
  ]);
  expect(policies("value")).toEqual(["storage/bucket-arguments"]);
  expect(policies("security")).toEqual(["storage/bucket-is-private", "storage/objects-can-be-restored"]);
});
