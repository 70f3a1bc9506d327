import { functions } from "../../../tools/sandbox/workflows/stdlib/functions";
import type { Json } from "../../../tools/sandbox/workflows/values";
import { failureOf, start, valueOf } from "./support/run";

// Where the documentation has an example, it is the one here.
const cases: [string, Json][] = [
  ['default(none, "Couldn\'t find key!")', "Couldn't find key!"],
  ['default(1, "x")', 1],
  ['double("2.7")', 2.7],
  ["double(2) / 4", 0.5],
  ["int(2.7)", 2],
  ["int(-2.7)", -2],
  ['int("42")', 42],
  ["string(1.7)", "1.7"],
  ["string(true)", "true"],
  ["len([1, 2])", 2],
  ['len("añ𝔸")', 3],
  ['if(1 < 2, "yes", "no")', "yes"],
  ['if(none, "yes", "no")', "no"],
  ["get_type(1)", "integer"],
  ["get_type(1.0)", "double"],
  ["get_type(4 / 2)", "double"],
  ["get_type(none)", "null"],
  ['get_type(text.encode("a"))', "bytes"],
  ["keys(m)", ["key1", "key2"]],
  ['map.get(m, "key2")', "world"],
  ['map.get(m, "key3")', null],
  ['map.get(m, ["key1", "x"])', null],
  ['map.get(none, "key1")', null],
  ['map.delete(m, "key1")', { key2: "world" }],
  ["map.merge(m, n)", { key1: "hello", key2: { a: 1 } }],
  ["map.merge_nested(n, o)", { key2: { a: 1, b: 2 } }],
  ["list.concat([1], [2])", [1, [2]]],
  ["list.prepend([1], 0)", [0, 1]],
  ["math.abs(-1.5)", 1.5],
  ["math.floor(-1.5)", -2],
  ["math.max(1, 2.5)", 2.5],
  ["get_type(math.max(3, 2.5))", "double"],
  ["math.min(1, 2)", 1],
  ['text.find_all("Pizza, pizza, pizza!", "pizza")', [7, 14]],
  [
    'text.find_all_regex("a1b22", "[0-9]+")',
    [
      { index: 1, match: "1" },
      { index: 3, match: "22" },
    ],
  ],
  ['text.match_regex("Hello World", "world$")', false],
  ['text.match_regex("Hello World", "(?i)world$")', true],
  ['text.replace_all("a.b.c", ".", "$&")', "a$&b$&c"],
  ['text.replace_all_regex("a-b", "([a-z])-([a-z])", "\\\\2-\\\\1")', "b-a"],
  ['text.split("To be or not", " ")', ["To", "be", "or", "not"]],
  ['text.substring("Hello", 1, 3)', "el"],
  ['text.to_lower("ABC") + text.to_upper("abc")', "abcABC"],
  ['text.url_encode("a b/ü!")', "a%20b%2F%C3%BC%21"],
  ['text.url_encode_plus("a b")', "a+b"],
  ['text.url_decode("a%20b")', "a b"],
  ['text.decode(text.encode("ü"))', "ü"],
  ['json.decode("{\\"a\\": [1, 1.5, null]}")', { a: [1, 1.5, null] }],
  ["json.decode(json.encode(m)) == m", true],
  ["json.encode_to_string(m)", '{"key1":"hello","key2":"world"}'],
  [
    'base64.encode(hash.compute_checksum(text.encode("Hello World", "UTF-8"), "SHA256"))',
    "pZGm1Av0IEBKARczz7exkNYsZb8LzaMrV7J32a2fFG4=",
  ],
  ['base64.encode(hash.compute_hmac(text.encode("k"), text.encode("d"), "MD5"), false)', "fzMO2zqE8xf3ykM9YDj/mg"],
  ['text.decode(base64.decode("aGk="))', "hi"],
  ['time.format(1720788633, "GMT")', "2024-07-12T12:50:33.000000Z"],
  ["time.format(1720788633)", "2024-07-12T12:50:33.000000Z"],
  ['time.format(1720788633, "Europe/Paris")', "2024-07-12T14:50:33.000000+02:00"],
  ['time.parse("2024-07-12T14:50:33.25+02:00")', 1720788633.25],
  ["sys.now()", start / 1000],
  ['sys.get_env("GOOGLE_CLOUD_PROJECT_ID")', "acme"],
  ['sys.get_env("GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID")', "e1"],
  ['sys.get_env("NOT_SET")', null],
  ['sys.get_env("NOT_SET", "other")', "other"],
  ["len(uuid.generate())", 36],
  ["retry.always(none) and not retry.never(none)", true],
  ["http.default_retry_predicate(e)", true],
  ["http.default_retry_predicate_non_idempotent(e)", false],
];
const variables = {
  m: { key1: "hello", key2: "world" },
  n: { key2: { a: 1 } },
  o: { key2: { b: 2 } },
  e: { tags: ["HttpError"], code: 502 },
};

test.each(cases)("%s", async (expression, value) => {
  expect(await valueOf(expression, variables)).toEqual(value);
});

test("every function is tried above", () => {
  const tried = cases.map(([expression]) => expression).join("\n");

  expect([...functions.keys()].filter((name) => !tried.includes(`${name}(`))).toEqual([]);
});

test.each<[string, string, string]>([
  ['int("4x")', "ValueError", "'4x' is not an integer"],
  ["int(true)", "TypeError", "'value' must be a string, got boolean"],
  ['double("x")', "ValueError", "'x' is not a double"],
  ["string(none)", "TypeError", "'value' must be an integer, a double, a boolean or a string, got null"],
  ["keys([1])", "TypeError", "'map' must be a map, got list"],
  ["len(1)", "TypeError", "'value' must be a string, a list or a map, got integer"],
  ["map.get(none, 1)", "TypeError", "'keys' must be a string or a list of strings, got integer"],
  ['json.decode("{")', "ValueError", "the data is not JSON"],
  ['json.encode(text.encode("a"))', "TypeError", "bytes cannot be JSON-encoded"],
  ['base64.decode("aGk")', "ValueError", "the string is not Base64"],
  ['base64.encode("hi")', "TypeError", "'data' must be bytes, got string"],
  [
    'hash.compute_checksum(text.encode("a"), "CRC32")',
    "ValueError",
    "the hashing algorithm must be one of MD5, SHA1, SHA224, SHA256, SHA384, SHA512, got 'CRC32'",
  ],
  ['text.substring("abc", 2, 9)', "IndexError", "2 to 9 is no part of a string of 3 characters"],
  [
    'text.match_regex("a", "(?=a)")',
    "ValueError",
    "'(?=a)' is no regular expression of RE2: it has no lookaround and no backreferences",
  ],
  ['text.match_regex("a", "(")', "ValueError", "'(' is no regular expression"],
  ['text.split("a", "")', "ValueError", "the string to look for is empty"],
  [
    'time.parse("yesterday")',
    "ValueError",
    "'yesterday' is no time as ISO 8601 has it, such as 2024-07-12T12:50:33.000000Z",
  ],
  ['time.format(1, "Mars")', "ValueError", "'Mars' is no time zone, or the time is out of range"],
])("%s raises a %s", async (expression, tag, message) => {
  expect(await failureOf(expression)).toEqual({ tags: [tag], message });
});

test("bytes are no result of a workflow", async () => {
  expect(await failureOf('text.encode("a")')).toEqual({
    tags: ["TypeError"],
    message: "the result of the workflow: bytes cannot be JSON-encoded",
  });
});
