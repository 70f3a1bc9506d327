import { bucketIsPrivate } from "../../../policies/security/bucket-is-private";

const check = (args: Record<string, unknown>) => bucketIsPrivate.check(args, "google_storage_bucket");
const closed = { public_access_prevention: "enforced", uniform_bucket_level_access: true };

test("a bucket with both settings passes", () => {
  expect(check(closed)).toBeUndefined();
});

test("text that Terraform reads as a switch is one", () => {
  expect(check({ ...closed, uniform_bucket_level_access: "true" })).toBeUndefined();
});

test.each([
  { ...closed, public_access_prevention: "${var.prevention}" },
  { ...closed, uniform_bucket_level_access: "${var.uniform}" },
])("a setting that is not known yet passes: %j", (args) => {
  expect(check(args)).toBeUndefined();
});

test.each([
  [undefined, "nothing"],
  [null, "nothing"],
  ["inherited", '"inherited"'],
  [true, "true"],
])("public access prevention of %j is refused", (prevention, shown) => {
  expect(check({ ...closed, public_access_prevention: prevention })).toBe(
    `'public_access_prevention' must be "enforced", got ${shown}`,
  );
});

test.each([
  [undefined, "nothing"],
  [false, "false"],
  ["yes", '"yes"'],
])("uniform access of %j is refused", (uniform, shown) => {
  expect(check({ ...closed, uniform_bucket_level_access: uniform })).toBe(
    `'uniform_bucket_level_access' must be true, got ${shown}`,
  );
});
