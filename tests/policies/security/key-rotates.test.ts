import { keyRotates } from "../../../policies/security/key-rotates";

const check = (args: Record<string, unknown>) => keyRotates.check(args, "google_kms_crypto_key");
const message = (shown: string) => `'rotation_period' must be seconds up to 90 days, such as "7776000s", got ${shown}`;

test.each(["86401s", "7776000s", "${var.period}"])("a period of %s passes", (period) => {
  expect(check({ rotation_period: period })).toBeUndefined();
});

test.each(["ASYMMETRIC_SIGN", "MAC", "${var.purpose}"])("a key for %s need not rotate", (purpose) => {
  expect(check({ purpose })).toBeUndefined();
});

test.each([
  [undefined, "nothing"],
  [null, "nothing"],
  ["", '""'],
  ["0s", '"0s"'],
  ["90d", '"90d"'],
  ["7776001s", '"7776001s"'],
  [7_776_000, "7776000"],
])("a period of %j is refused", (period, shown) => {
  expect(check({ rotation_period: period })).toBe(message(shown));
});

test.each(["ENCRYPT_DECRYPT", undefined, null])("a key for %s has to rotate", (purpose) => {
  expect(check({ purpose })).toBe(message("nothing"));
});
