import { Token } from "cdktf";

import { requireRange } from "../../constructs/errors";
import { testStack } from "../support/template";

const check = (value: number) => () => {
  requireRange(testStack(), "days", value, 1, 31);
};

test.each([1, 7.5, 31])("%d is from 1 to 31", (value) => {
  expect(check(value)).not.toThrow();
});

test.each([0, 0.99, 31.01, -1, Infinity, NaN])("%d is refused with path, name, limits and value", (value) => {
  expect(check(value)).toThrow(new Error(`test: 'days' must be from 1 to 31, got ${value}`));
});

test("a value that Terraform computes later passes", () => {
  expect(check(Token.asNumber("${var.days}"))).not.toThrow();
});
