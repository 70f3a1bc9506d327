import { formatProblem } from "../../../config/problem";
import { lintWorkflow } from "../../../tools/sandbox/workflows/lint";
import { parseWorkflow } from "../../../tools/sandbox/workflows/source";
import { schemaErrors } from "./support/published-schema";

const lint = (content: string): string[] => lintWorkflow(content, "test.yaml").map(formatProblem);
const repeat = (count: number, text: (index: number) => string, separator = ", "): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(separator);

// What is just within a limit, and the same with one more.
test.each<[string, number, (count: number) => string, string]>([
  [
    "assignments",
    50,
    (count) => `- a: {assign: [${repeat(count, (n) => `{x${n}: 1}`)}]}`,
    "test.yaml:1:7 [0].a.assign: has 51 assignments: the service takes at most 50",
  ],
  [
    "conditions",
    50,
    (count) => `- a: {switch: [${repeat(count, () => "{condition: true, next: end}")}]}`,
    "test.yaml:1:7 [0].a.switch: has 51 conditions: the service takes at most 50",
  ],
  [
    "branches",
    10,
    (count) => `- a: {parallel: {branches: [${repeat(count, (n) => `{b${n}: {steps: [{c: {call: sys.now}}]}}`)}]}}`,
    "test.yaml:1:18 [0].a.parallel.branches: has 11 branches: the service takes at most 10",
  ],
  [
    "parallel steps nested",
    2,
    (count) =>
      `- a: ${repeat(count, (n) => `{parallel: {branches: [{b: {steps: [{c${n}: `, "")}{call: sys.now}${"}]}}]}}".repeat(count)}`,
    "'parallel' may be nested 2 deep at most",
  ],
  [
    "characters of an expression",
    400,
    (count) => `- a: {return: '\${1${"+1".repeat((count - 4) / 2)}${count % 2 ? " " : ""}}'}`,
    "test.yaml:1:15 [0].a.return: is an expression of 401 characters: the service takes at most 400; assign parts of it to variables",
  ],
  [
    "bytes of the file",
    131_072,
    (count) => `- a: {next: end}\n#${"x".repeat(count - 18)}`,
    "test.yaml:1:1: has 131073 bytes: the service takes at most 131072",
  ],
])("a file may have so many %s: %d", (_, most, content, problem) => {
  expect(lint(content(most))).toEqual([]);
  expect(lint(content(most + 1))).toEqual([expect.stringContaining(problem)]);
});

test("what works and is better written otherwise is told, and does not keep a file from running", () => {
  const content = `main:
  steps:
    - a: {return: "\${called() + \\"x\\" + 1}"}
called: {steps: [{a: {return: "\${\\"y\\" + 2}"}}]}
unused: {steps: [{a: {call: unused_too}}]}
unused_too: {steps: [{a: {call: unused}}]}
`;

  expect(lint(content)).toEqual([
    "test.yaml:4:31 called.steps[0].a.return: a string is added to 2, which is none: write it in quotes, or use string(...)",
    "test.yaml:5:1 unused: subworkflow 'unused' is never called: call it or remove it",
    "test.yaml:6:1 unused_too: subworkflow 'unused_too' is never called: call it or remove it",
  ]);
  expect(() => parseWorkflow(content, "test.yaml")).not.toThrow();
});

// map.get("map", ["key1", "key2"]) is documented; a map nowhere is.
test("a list may be written in an expression, a map may not", () => {
  const source = (condition: string) =>
    `- a: {assign: [{x: ACTIVE}]}\n- b: {switch: [{condition: '\${${condition}}', next: end}]}\n`;
  expect(lint(source('x in ["ACTIVE", "QUEUED"]'))).toEqual([]);
  expect(lint(source('x == {"a": 1}'))).toEqual([expect.stringContaining("'{' has no meaning in an expression")]);
});

test("problems and advice come in the order of the file", () => {
  const content = "main: {steps: [{a: {return: '${y}'}}]}\nunused: {steps: [{a: {next: b}}]}";

  expect(lint(content).map((line) => line.slice(0, "test.yaml:1:29".length))).toEqual([
    "test.yaml:1:29",
    "test.yaml:2:1 ",
    "test.yaml:2:29",
  ]);
});

// Files that the tests of the runner do with every kind of step.
const everything = `main:
  params: [input]
  steps:
    - init:
        assign:
          - total: 0
          - callback: null
    - ask:
        try:
          call: http.post
          args:
            url: \${sys.get_env("API") + "/v1/endpoints"}
            auth:
              type: OAuth2
            body:
              share: 10
          result: answer
        retry:
          predicate: \${only_late}
          max_retries: 3
          backoff:
            initial_delay: 1
            max_delay: 60
            multiplier: 2
        except:
          as: e
          steps:
            - again:
                raise: \${e}
    - loop:
        for:
          value: v
          index: i
          in: \${answer.body.items}
          steps:
            - check:
                switch:
                  - condition: \${v == 0}
                    next: continue
    - both:
        parallel:
          shared: [total, callback]
          branches:
            - one:
                steps:
                  - create:
                      call: events.create_callback_endpoint
                      args:
                        http_callback_method: POST
                      result: callback
            - two:
                steps:
                  - each:
                      parallel:
                        shared: [total]
                        for:
                          value: w
                          range: [1, 3]
                          steps:
                            - add:
                                assign:
                                  - total: \${total + w}
    - done:
        return: \${total}
only_late:
  params: [e]
  steps:
    - answer:
        return: \${"TimeoutError" in e.tags}
`;

test("the published schema accepts what the runner accepts", () => {
  expect(lint(everything)).toEqual([]);
  expect(schemaErrors(everything)).toEqual([]);
});

test("the published schema refuses what it can see", () => {
  expect(schemaErrors(everything.replace("assign:", "asign:"))).not.toEqual([]);
  expect(lint(everything.replace("assign:", "asign:"))).not.toEqual([]);
});
