import { differencesOf } from "../../../tools/review/differences/compare";
import { pathText } from "../../../tools/review/differences/difference";
import { decodePlan } from "../../../tools/review/plan/decode";
import { changeJson, planJson } from "../support/plan-json";

type Json = Readonly<Record<string, unknown>>;

const all = (change: Json) => differencesOf(decodePlan("plan", planJson([changeJson(change)])).changes[0]!);

/** `path: before -> after` of all differences, with what is special of each. */
function lines(before: unknown, after: unknown, more: Json = {}): string[] {
  return all({ before, after, ...more }).map((each) =>
    [
      `${pathText(each.path)}: ${JSON.stringify(each.before)} -> ${each.isUnknown ? "?" : JSON.stringify(each.after)}`,
      each.isSensitive ? "sensitive" : "",
      each.forcesReplacement ? "forces" : "",
    ]
      .filter((text) => text !== "")
      .join(", "),
  );
}

test("values are compared by name, in the order of the plan", () => {
  expect(lines({ a: 1, b: { c: "x", d: true }, e: 0 }, { a: 2, b: { c: "x", d: false }, e: 0 })).toEqual([
    "a: 1 -> 2",
    "b.d: true -> false",
  ]);
});

test("null and what is not there are the same, on both sides and at any depth", () => {
  expect(lines({ a: null, b: { c: null }, d: [{ e: null }] }, { b: {}, d: [{}], f: null })).toEqual([]);
});

test.each([
  ["an empty block comes", null, {}, "undefined -> {}"],
  ["an empty block goes", {}, null, "{} -> undefined"],
  ["an empty list comes", null, [], "undefined -> []"],
  ["a list gets an empty element", [{ a: 1 }], [{ a: 1 }, null], '[{"a":1}] -> [{"a":1},null]'],
  ["an object becomes a text", { a: 1 }, "a", '{"a":1} -> "a"'],
  ["a list becomes an object", [{ a: 1 }], { a: 1 }, '[{"a":1}] -> {"a":1}'],
  ["a text becomes a number", "1", 1, '"1" -> 1'],
])("%s: that is one difference", (_, before, after, text) => {
  expect(lines({ x: before }, { x: after })).toEqual([`x: ${text}`]);
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
  "a key named %s is a key as any other",
  (name) => {
    const labels = (value: string) => JSON.parse(`{"labels": {${JSON.stringify(name)}: ${value}}}`) as unknown;
    expect(lines({ labels: {} }, labels('"x"'))).toEqual([`labels.${name}: undefined -> "x"`]);
    expect(lines(labels('"x"'), { labels: {} })).toEqual([`labels.${name}: "x" -> undefined`]);
    expect(lines({ labels: {} }, { labels: {} }, { after_unknown: labels("true") })).toEqual([
      `labels.${name}: undefined -> ?`,
    ]);
  },
);

test("keys that are no plain words stand in quotes", () => {
  const after = { m: { "a.b": 1, "c[0]": 2, "d\ne": 3, 'f"g': 4, "": 5 } };
  expect(lines({}, after)).toEqual([
    'm["a.b"]: undefined -> 1',
    'm["c[0]"]: undefined -> 2',
    'm["d\\ne"]: undefined -> 3',
    'm["f\\"g"]: undefined -> 4',
    'm[""]: undefined -> 5',
  ]);
});

describe("values known after apply", () => {
  test("are told, also where the plan leaves them out, and in blocks that are unknown as a whole", () => {
    const more = { after_unknown: { id: true, net: true, sub: [{ ip: true }], name: false } };
    expect(lines({ name: "a", net: [{ x: 1 }] }, { name: "a", sub: [{}] }, more)).toEqual([
      'net: [{"x":1}] -> ?',
      "sub[0].ip: undefined -> ?",
      "id: undefined -> ?",
    ]);
  });

  test("within a list of plain values they stand in their place, where the plan has null", () => {
    const more = { after_unknown: { l: [false, true], m: { k: [false, true] } } };
    expect(lines({ l: ["a", null] }, { l: ["a", null] }, more)).toEqual([
      'l: ["a",null] -> ["a","(known after apply)"]',
      'm.k: undefined -> [null,"(known after apply)"]',
    ]);
  });

  test("an unknown value that may stay as it is, is a difference", () => {
    expect(lines({ a: "x" }, {}, { after_unknown: { a: true } })).toEqual(['a: "x" -> ?']);
  });
});

describe("lists of blocks", () => {
  const block = (name: string, value: number) => ({ name, value });

  test("what is in both is matched wherever it stands, the others in their order", () => {
    const before = [block("a", 1), block("b", 1), block("c", 1)];
    expect(lines({ l: before }, { l: [block("c", 1), block("a", 1), block("b", 2)] })).toEqual(["l[2].value: 1 -> 2"]);
    expect(lines({ l: before }, { l: [block("new", 0), ...before] })).toEqual([
      'l[0].name: undefined -> "new"',
      "l[0].value: undefined -> 0",
    ]);
    expect(lines({ l: before }, { l: [before[2], before[0]] })).toEqual([
      'l[1].name: "b" -> undefined',
      "l[1].value: 1 -> undefined",
    ]);
  });

  test("of equal blocks one may go", () => {
    const x = block("x", 1);
    expect(lines({ l: [x, x, x] }, { l: [x, x] })).toEqual([
      'l[2].name: "x" -> undefined',
      "l[2].value: 1 -> undefined",
    ]);
  });

  test("another order alone is one difference of the list, and so are plain values", () => {
    const [a, b] = [block("a", 1), block("b", 1)];
    expect(lines({ l: [a, b] }, { l: [b, a] })).toEqual([
      'l: [{"name":"a","value":1},{"name":"b","value":1}] -> [{"name":"b","value":1},{"name":"a","value":1}]',
    ]);
    expect(lines({ l: [1, 2] }, { l: [2, 1, 3] })).toEqual(["l: [1,2] -> [2,1,3]"]);
  });

  test("a block with an unknown part is matched with none", () => {
    const more = { after_unknown: { l: [{ id: true }] } };
    expect(lines({ l: [{ name: "a", id: "1" }] }, { l: [{ name: "a" }] }, more)).toEqual(['l[0].id: "1" -> ?']);
  });
});

describe("marks of what is sensitive", () => {
  test("hold at their place, and for all below", () => {
    const more = { before_sensitive: { a: true }, after_sensitive: { a: true, b: { c: true } } };
    expect(lines({ a: { x: 1 }, b: { c: 1, d: 1 } }, { a: { x: 2 }, b: { c: 2, d: 2 } }, more)).toEqual([
      'a: {"x":1} -> {"x":2}, sensitive',
      "b.c: 1 -> 2, sensitive",
      "b.d: 1 -> 2",
    ]);
  });

  test("a list of plain values of which one is sensitive is so as a whole, and so is what is unknown afterwards", () => {
    expect(lines({ l: [1, 2] }, { l: [1, 3] }, { after_sensitive: { l: [false, true] } })).toEqual([
      "l: [1,2] -> [1,3], sensitive",
    ]);
    const unknown = { before_sensitive: { b: { pin: true } }, after_unknown: { b: true } };
    expect(lines({ b: { pin: 12, x: 1 } }, {}, unknown)).toEqual(['b: {"pin":12,"x":1} -> ?, sensitive']);
  });

  test("marks go with the blocks that are matched", () => {
    const more = { before_sensitive: { l: [{}, { v: true }] }, after_sensitive: { l: [{ v: true }, {}] } };
    expect(lines({ l: [{ v: 1 }, { v: 2 }] }, { l: [{ v: 3 }, { v: 1 }] }, more)).toEqual([
      "l[0].v: 2 -> 3, sensitive",
    ]);
  });

  test("the same value with another mark is no difference", () => {
    expect(lines({ a: "x" }, { a: "x" }, { after_sensitive: { a: true } })).toEqual([]);
  });
});

test("what forces a replacement is told by its path, above and below it", () => {
  const more = { replace_paths: [["name"], ["net", 0, "ip"], ["box"]] };
  expect(
    lines(
      { name: "a", net: [{ ip: 1, x: 1 }], box: { k: 1 } },
      { name: "b", net: [{ ip: 2, x: 2 }], box: { k: 2 } },
      more,
    ),
  ).toEqual(['name: "a" -> "b", forces', "net[0].ip: 1 -> 2, forces", "net[0].x: 1 -> 2", "box.k: 1 -> 2, forces"]);
});

test("lists of twenty thousand blocks, all of them elsewhere or another", () => {
  const size = 20_000;
  const list = (add: number) => Array.from({ length: size }, (_, index) => ({ n: (index + add) % size }));
  expect(all({ before: { l: list(0) }, after: { l: list(1) } })).toHaveLength(1);
  const others = Array.from({ length: size }, (_, index) => ({ n: -index - 1 }));
  expect(all({ before: { l: list(0) }, after: { l: others } })).toHaveLength(size);
});

test("lists of a million values", () => {
  const list = (last: number) => Array.from({ length: 1_000_000 }, (_, index) => (index < 999_999 ? index : last));
  expect(all({ before: { l: list(1) }, after: { l: list(2) } })).toHaveLength(1);
});
