import { Token } from "cdktf";

import { blocks, isUnknown, show, valueAt } from "../../policies/arguments";

test.each(["${var.a}", "prefix-${var.a}", Token.asString({ a: 1 }), Token.asNumber("${var.a}")])(
  "%s is unknown",
  (value) => {
    expect(isUnknown(value)).toBe(true);
  },
);

test.each(["", "a", "$a", "{a}", 0, 1, true, null, undefined, {}, []])("%j is known", (value) => {
  expect(isUnknown(value)).toBe(false);
});

test.each([
  [{ a: 1 }, [{ a: 1 }]],
  [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 2 }],
  ],
  [[{ a: 1 }, null, "x"], [{ a: 1 }]],
  [[], []],
  [undefined, []],
  [null, []],
  ["x", []],
  [5, []],
])("the blocks of %j are %j", (value, found) => {
  expect(blocks(value)).toEqual(found);
});

test.each([
  [{ a: 1 }, "a", 1],
  [{ a: { b: { c: 1 } } }, "a.b.c", 1],
  [{ a: [{ b: [{ c: 1 }] }] }, "a.b.c", 1],
  [{ a: [{ b: 1 }, { b: 2 }] }, "a.b", 1],
  [{ a: null }, "a", undefined],
  [{ a: [] }, "a.b", undefined],
  [{ a: "x" }, "a.b", undefined],
  [{}, "a.b.c", undefined],
  [{ a: false }, "a", false],
])("in %j the value at %s is %j", (args, path, value) => {
  expect(valueAt(args, path)).toBe(value);
});

test.each([
  [undefined, "nothing"],
  [null, "nothing"],
  ["", '""'],
  [0, "0"],
  [{ a: 1 }, '{"a":1}'],
])("%j is shown as %s", (value, shown) => {
  expect(show(value)).toBe(shown);
});
