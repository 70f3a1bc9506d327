import { Redactor } from "../../../tools/review/secrets/redactor";
import { changeJson, planJson } from "../support/plan-json";
import { outputs } from "../support/outputs";
import { reviewedChange, reviewOf, stackOf } from "../support/review-of";

const mask = (text: string, ...secrets: string[]) => new Redactor(secrets).mask(text);

test("secrets are masked wherever they begin, the longest first", () => {
  expect(mask("a hunter2 b hunter2hunter2", "hunter2")).toBe("a (sensitive value) b (sensitive value)");
  expect(mask("hunter2-long", "hunter2", "hunter2-long")).toBe("(sensitive value)");
  expect(mask("hunter", "hunter2")).toBe("hunter");
});

test("of secrets that overlap nothing remains", () => {
  expect(mask("x abcdefgh y", "abcde", "defgh")).toBe("x (sensitive value) y");
  expect(mask("x abcdefgh y", "abcdefg", "cdef")).toBe("x (sensitive value)h y");
});

test("a text is masked once: secrets that are part of the mark do not break it", () => {
  const secrets = ["value", "sensitive", "(sens", "known after", "tive"];
  expect(mask("the value is (sensitive value), (known after apply)", ...secrets)).toBe(
    "the (sensitive value) is (sensitive value), (known after apply)",
  );
  expect(mask(mask("hunter2 value", "hunter2", ...secrets), "hunter2", ...secrets)).toBe(
    "(sensitive value) (sensitive value)",
  );
});

test("lines of a secret are secrets, those that are long enough; spaces around it are not part of it", () => {
  const secret = "  first line\n  }\n  second line\n";
  expect(mask("  }\n    second line, first line", secret)).toBe("  }\n    (sensitive value), (sensitive value)");
});

test("texts within JSON that is a secret are secrets, names of its fields are not", () => {
  const secret = JSON.stringify({ type: "x", token: "a-long-token", list: [{ key: "another-key" }] });
  expect(mask("type x token a-long-token another-key", secret)).toBe(
    "type x token (sensitive value) (sensitive value)",
  );
});

test("names within JSON that is a secret are shown: who gets access, and to what", () => {
  const endpoint = "projects/acme/locations/europe-west4/endpoints/7";
  const secret = JSON.stringify({ approvers: ["group:ml@acme.example"], endpoint, login: "user:a-password" });
  expect(mask(`group:ml@acme.example ${endpoint} user:a-password`, secret)).toBe(
    `group:ml@acme.example ${endpoint} (sensitive value)`,
  );
});

test("values are masked with the names of their parts; numbers too, switches never", () => {
  const redactor = new Redactor(["12345", "true", "hunter2"]);
  expect(redactor.maskAll({ hunter2: [12345, 12, true, "true", null, { a: "x hunter2" }], n: 9123456 })).toEqual({
    "(sensitive value)": ["(sensitive value)", 12, true, "(sensitive value)", null, { a: "x (sensitive value)" }],
    n: "(sensitive value)",
  });
});

test("ten thousand secrets that begin alike, and a long text", () => {
  const secrets = Array.from({ length: 10_000 }, (_, index) => `projects/acme/secrets/${index}`);
  const text = `${"projects/acme/ ".repeat(20_000)}projects/acme/secrets/777`;
  expect(mask(text, ...secrets)).toBe(`${"projects/acme/ ".repeat(20_000)}(sensitive value)`);
});

test.each<[string, unknown]>([
  ["a short text", "abc"],
  ["a number", 17],
  ["a switch", true],
  ["a list of numbers", [4, 5]],
])("%s that is sensitive is hidden at its place", (_, value) => {
  const marks = {
    before_sensitive: { pin: true, in: [{ pin: true }] },
    after_sensitive: { pin: true, in: [{ pin: true }] },
  };
  const { differences } = reviewedChange({
    before: { pin: value, in: [{ pin: value, x: 1 }] },
    after: { pin: "other", in: [{ pin: "other", x: 2 }] },
    ...marks,
  });
  expect(differences.map(({ path, before, after }) => [path, before, after])).toEqual([
    ["pin", "(sensitive value)", "(sensitive value)"],
    ["in[0].pin", "(sensitive value)", "(sensitive value)"],
    ["in[0].x", "1", "2"],
  ]);
});

test("of a long output with parts the lines that differ are shown, without secrets", () => {
  const policy = (share: number) => ({ about: "x".repeat(300), stages: [{ share }], token: "hunter2-hunter2" });
  const output = { actions: ["update"], before: policy(10), after: policy(25) };
  const secret = changeJson({ before: { pin: "hunter2-hunter2" }, before_sensitive: { pin: true } });
  const { outputs: shown } = stackOf(planJson([secret], { output_changes: { policy: output } }));
  expect(shown[0]!.lines).toEqual([
    "@ line 3 was, line 3 is",
    '   "stages": [',
    "     {",
    '-      "share": 10',
    '+      "share": 25',
    "     }",
    "   ],",
  ]);
  expect(JSON.stringify(shown)).not.toContain("hunter2");
});

test("so is one in a list of plain values, in what becomes unknown, and in an output", () => {
  const change = changeJson({
    before: { l: ["a", "abc"], b: { pin: 17, x: "x" } },
    after: { l: ["b", "abc"] },
    after_unknown: { b: true },
    before_sensitive: { l: [false, true], b: { pin: true } },
    after_sensitive: { l: [false, true] },
  });
  const output = { actions: ["update"], before: 17, after: 18, before_sensitive: true, after_sensitive: true };
  const { changes, outputs: shown } = stackOf(planJson([change], { output_changes: { pin: output } }));
  expect(changes[0]!.differences.map(({ path, before, after }) => [path, before, after])).toEqual([
    ["l", "(sensitive value)", "(sensitive value)"],
    ["b", "(sensitive value)", "(known after apply)"],
  ]);
  expect(shown).toEqual([
    { name: "pin", actions: ["update"], before: "(sensitive value)", after: "(sensitive value)" },
  ]);
});

test.each(["name", "true", "null", "google", "critical", "high", "delete", "base", "planned", "changes", "blocked"])(
  "a secret that is the word '%s' breaks nothing and changes no verdict",
  (word) => {
    const dataset = (marks: object) =>
      planJson([
        changeJson(
          { actions: ["delete"], before: { name: "x", word }, after: null, ...marks },
          { type: "google_bigquery_dataset" },
        ),
      ]);
    const [open, masked] = [reviewOf(dataset({})), reviewOf(dataset({ before_sensitive: { word: true } }))];
    expect(masked.outcome).toBe("blocked");
    const verdicts = ({ outcome, counts, failOn, stacks, findings }: typeof open) => [
      ...[outcome, counts, failOn],
      stacks.map(({ status, counts: own, changes }) => [
        status,
        own,
        changes.map(({ kind, actions }) => [kind, actions]),
      ]),
      findings.map(({ rule, severity }) => [rule, severity]),
    ];
    expect(verdicts(masked)).toEqual(verdicts(open));
    expect(JSON.parse(outputs.get("reviewJson")!(masked))).toEqual(masked);
    expect(masked.stacks[0]!.changes[0]!.differences).toEqual(open.stacks[0]!.changes[0]!.differences);
  },
);
