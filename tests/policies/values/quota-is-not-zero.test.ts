import { quotaIsNotZero } from "../../../policies/values/quota-is-not-zero";
import { bothShapes } from "../../support/shapes";

const check = (args: Record<string, unknown>) =>
  bothShapes(args).map(([, shape]) => quotaIsNotZero.check(shape, "google_cloud_quotas_quota_preference"));

test.each(["1", "128", 8, "${var.quota}"])("%j passes", (value) => {
  expect(check({ quota_config: { preferred_value: value } })).toEqual([undefined, undefined]);
});

test.each([
  ["0", '"0"'],
  [0, "0"],
  ["-1", '"-1"'],
  ["1.5", '"1.5"'],
  ["ten", '"ten"'],
  ["", '""'],
  [undefined, "nothing"],
  [null, "nothing"],
])("%j is refused", (value, shown) => {
  const message = `'quota_config.preferred_value' must be a whole number above 0, got ${shown}`;
  expect(check({ quota_config: { preferred_value: value } })).toEqual([message, message]);
});

test("a preference without a value is refused", () => {
  const message = "'quota_config.preferred_value' must be a whole number above 0, got nothing";
  expect(check({})).toEqual([message, message]);
});
