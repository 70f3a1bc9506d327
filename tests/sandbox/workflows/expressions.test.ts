import type { Json } from "../../../tools/sandbox/workflows/values";
import { failureOf, valueOf } from "./support/run";

test.each<[string, Json]>([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["7 / 2", 3.5],
  ["4 / 2", 2],
  ["7 // 2", 3],
  ["-7 // 2", -4],
  ["7 % 3", 1],
  ["-7 % 3", 2],
  ["2 - -1", 3],
  ["1 + 0.5", 1.5],
  ["9007199254740993 - 9007199254740992", 1],
  ['"a" + "b"', "ab"],
  ["'a' + \"'b'\"", "a'b'"],
  ['"\\u0061\\n\\"\\\\"', 'a\n"\\'],
  ["true and not false", true],
  ["True AND (FALSE OR NOT false)", true],
  ["false and none.x", false],
  ["true or none.x", true],
  ["1 == 1.0", true],
  ['1 == "1"', false],
  ["null == null", true],
  ["none != 1", true],
  ["[1, [2]] == [1, [2]]", true],
  ["1 < 2.5", true],
  ['"a" < "b"', true],
  ["2 in [1, 2]", true],
  ["not (3 in [1, 2])", true],
  ["1 + 1 == 2 and 3 > 2", true],
  ["[1, 2, 3][1 + 1]", 3],
  ["[]", []],
])("%s is %j", async (expression, value) => {
  expect(await valueOf(expression)).toEqual(value);
});

test("parts of maps and lists are reached by name, by key and by index", async () => {
  const m = { a: { "b c": [{ d: 1 }] } };

  expect(await valueOf('m.a["b c"][0].d', { m })).toBe(1);
  expect(await valueOf('"a" in m and not ("b" in m)', { m })).toBe(true);
  expect(await valueOf('m["a"] == m.a', { m })).toBe(true);
});

// cloud.google.com/workflows/docs/reference/syntax/datatypes, table of '+'
test("a string and a number or a boolean add up to a string, as the documentation has it", async () => {
  expect(await valueOf('"Error with iteration " + 7')).toBe("Error with iteration 7");
  expect(await valueOf('1 + "a" + 1.5 + true')).toBe("1a1.5true");
});

test.each<[string, string, string]>([
  ["1 + true", "TypeError", "'+' does not work between integer and boolean"],
  ['"a" + none', "TypeError", "'+' does not work between string and null"],
  ['"a" - 1', "TypeError", "'-' does not work between string and integer"],
  ["-none", "TypeError", "'-' takes a number, got null"],
  ['1 < "2"', "TypeError", "'<' does not work between integer and string"],
  ["1 and true", "TypeError", "each side of 'and' must be a boolean, got integer"],
  ["false or 1", "TypeError", "each side of 'or' must be a boolean, got integer"],
  ["not 1", "TypeError", "what follows 'not' must be a boolean, got integer"],
  ['"a" in "abc"', "TypeError", "'in' does not work between string and string"],
  ["7.5 // 2", "TypeError", "'//' does not work between double and integer"],
  ["1 / 0", "ZeroDivisionError", "division by zero"],
  ["1 // 0", "ZeroDivisionError", "division by zero"],
  ["1 % 0", "ZeroDivisionError", "division by zero"],
  ["9223372036854775807 + 1", "ValueError", "9223372036854775808 does not fit an integer of 64 bits"],
  ["[1][1]", "IndexError", "index 1 is out of range: the list has 1 items"],
  ["[1][-1]", "IndexError", "index -1 is out of range: the list has 1 items"],
  ['[1]["a"]', "TypeError", "an index of a list must be an integer, got string"],
  ["none.a", "TypeError", "only maps and lists have parts, got null"],
])("%s raises a %s", async (expression, tag, message) => {
  expect(await failureOf(expression)).toEqual({ tags: [tag], message });
});

test("a key that a map lacks raises a KeyError, whichever way it is asked for", async () => {
  const error = { tags: ["KeyError"], message: "key not found: b" };

  expect(await failureOf("m.b", { m: { a: 1 } })).toEqual(error);
  expect(await failureOf('m["b"]', { m: { a: 1 } })).toEqual(error);
});

test("a string may have 256 KB", async () => {
  const half = 'text.replace_all(s, "a", "0123456789abcdef0123456789abcdef")';
  const s = "a".repeat(4097);

  expect(await valueOf(`len(${half})`, { s })).toBe(131_104);
  expect(await failureOf(`len(${half} + ${half})`, { s })).toEqual({
    tags: ["ResourceLimitError"],
    message: "a string may have 262144 bytes at most, got 262208",
  });
});
