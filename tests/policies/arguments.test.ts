import {
  blocks,
  isGiven,
  isMissing,
  isUnknown,
  secondsOf,
  show,
  unknown,
  valueAt,
  valuesAt,
} from "../../policies/arguments";

test.each(["${var.a}", "prefix-${var.a}", "%{ if var.a }x%{ endif }", unknown])("%s is unknown", (value) => {
  expect(isUnknown(value)).toBe(true);
});

test.each(["", "a", "$a", "{a}", "$${a}", "%%{a}", 0, 1, true, null, undefined, {}, []])("%j is known", (value) => {
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

test("every block on the way to an argument gives a value", () => {
  expect(valuesAt({ a: [{ b: [{ c: 1 }, {}] }, { b: [{ c: 2 }] }] }, "a.b.c")).toEqual([1, undefined, 2]);
  expect(valuesAt({ a: [{ b: 1 }, unknown] }, "a.b")).toEqual([1, unknown]);
  expect(valuesAt({ a: { toString: 1 } }, "a.constructor")).toEqual([undefined]);
});

test("what is unknown is neither given nor missing", () => {
  expect([isGiven({ a: unknown }, "a"), isMissing({ a: unknown }, "a")]).toEqual([false, false]);
  expect([isGiven({ a: [unknown] }, "a.b"), isMissing({ a: [unknown] }, "a.b")]).toEqual([false, false]);
});

test.each([
  ["60s", 60],
  ["1.5s", 1.5],
  ["5m", undefined],
  ["-5s", undefined],
  [60, undefined],
])("%j is %j seconds", (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test("a value too long for a line is cut", () => {
  expect(show("x".repeat(500))).toHaveLength(201);
});
