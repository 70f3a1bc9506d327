import { parseWorkflow, WorkflowSourceError } from "../../../tools/sandbox/workflows/source";

/** What is wrong with a file, a line each. */
function problemsOf(content: string): string[] {
  try {
    parseWorkflow(content, "workflows/test.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(WorkflowSourceError);
    return (error as Error).message.split("\n").map((line) => line.replace("workflows/test.yaml:", ""));
  }
  return [];
}

/** What is wrong with the body of a step that stands beside `init`, which assigns `m`, and `last`. */
const bodyProblems = (body: string): string[] =>
  problemsOf(`- init: {assign: [{m: {}}]}\n- it: ${body}\n- last: {next: end}`).map((line) =>
    line.replace(/^\S+ .*?: /, ""),
  );

test("all problems are told at once, each with its place", () => {
  const content = `main:
  params: [input]
  steps:
    - first:
        asign:
          - x: 1
    - second:
        call: http.gett
        args:
          url: https://example.com
        result: answer
    - third:
        return: \${answer.body + y}
        next: nowhere
`;

  expect(problemsOf(content)).toEqual([
    "4:7 main.steps[0].first: a step must have one of assign, call, for, parallel, raise, return, steps, switch, try, or 'next'",
    "5:9 main.steps[0].first.asign: a step has no key 'asign', did you mean 'assign'?",
    "8:15 main.steps[1].second.call: function 'http.gett' is not known, did you mean 'http.get'?",
    "13:17 main.steps[2].third.return: variable 'y' does not exist here: it is never assigned, or only inside of a loop, an " +
      "except or a branch; variables here are answer, input",
    "14:9 main.steps[2].third.next: 'next' has no meaning beside 'return'",
    "14:15 main.steps[2].third.next: step 'nowhere' cannot be reached from here: 'next' leads to steps beside or around this " +
      "one, inside of the same loop or branch: first, second, third",
  ]);
});

test.each<[string, string[]]>([
  ["{}", ["a step must have one of assign, call, for, parallel, raise, return, steps, switch, try, or 'next'"]],
  ["{assign: [{x: 1}], return: 1}", ["a step does one thing, got 'assign' and 'return'"]],
  ["{assign: {x: 1}}", ["'assign' must be a list, got a mapping"]],
  ["{assign: [{x: 1, y: 2}]}", ["an assignment must be a mapping with one key, got 2 keys"]],
  [
    "{assign: [{'x + 1': 2}]}",
    [
      "'x + 1' cannot be assigned: write a variable, or a part of one such as my_map.key or my_list[0]",
      "variable 'x' does not exist here: it is never assigned, or only inside of a loop, an except or a branch; variables here are m",
    ],
  ],
  [
    "{assign: [{n.a: 2}]}",
    [
      "variable 'n' does not exist here: it is never assigned, or only inside of a loop, an except or a branch; variables here are m",
    ],
  ],
  [
    "{call: googleapis.pubsub.v1.projects.topics.publish}",
    [
      "connector 'googleapis.pubsub.v1.projects.topics.publish' is not supported: call the API with http.get, http.post, " +
        "http.patch or http.delete",
    ],
  ],
  [
    "{call: sys.sleep, args: {second: 1}}",
    ["'sys.sleep' must have the argument 'seconds'", "'sys.sleep' has no argument 'second', did you mean 'seconds'?"],
  ],
  ["{call: sys.sleep, args: [1, 2]}", ["'sys.sleep' takes 1 arguments at most: seconds"]],
  ["{call: text.split, args: {source: a}}", ["'text.split' must have the argument 'separator'"]],
  [
    "{call: sys.now, result: 1x}",
    ["'result' must be the name of a variable, got '1x': letters, digits and underscores, no digit first"],
  ],
  ["{args: {a: 1}, next: last}", ["'args' has a meaning beside 'call' alone"]],
  ["{switch: [{next: last}]}", ["an entry of 'switch' must have the key 'condition'"]],
  ["{switch: [{condition: m, next: last}]}", ["'condition' must be an expression, true or false, got 'm'"]],
  ["{for: {value: v, steps: [{a: {next: continue}}]}}", ["'for' must have one of 'in' and 'range'"]],
  [
    "{for: {value: v, in: '${[v]}', steps: [{a: {next: continue}}]}}",
    [
      "variable 'v' does not exist here: it is never assigned, or only inside of a loop, an except or a branch; variables here are m",
    ],
  ],
  [
    "{for: {value: m, in: [1], steps: [{a: {next: continue}}]}}",
    ["variable 'm' of the loop is used around it too: give one of them another name"],
  ],
  [
    "{for: {value: v, range: ['${1}', 3], steps: [{a: {next: continue}}]}}",
    ["'range' must be a list of two numbers, or one expression such as ${[first, last]}"],
  ],
  [
    "{for: {value: v, in: [1], steps: [{a: {next: last}}]}}",
    [
      "step 'last' cannot be reached from here: 'next' leads to steps beside or around this one, inside of the same loop or branch: a",
    ],
  ],
  ["{next: break}", ["'next: break' has a meaning inside of 'for' alone"]],
  ["{try: {call: sys.now}}", ["'try' must have 'retry' or 'except' beside it"]],
  [
    "{try: {for: {value: v, in: [1], steps: [{a: {next: continue}}]}}, retry: '${http.default_retry}'}",
    ["'for' directly inside of 'try' fails when the service deploys it: put it into a step under 'steps'"],
  ],
  [
    "{try: {call: sys.now}, retry: '${http.retry}'}",
    ["'retry' must be ${http.default_retry}, ${http.default_retry_non_idempotent} or a mapping, got '${http.retry}'"],
  ],
  [
    "{try: {call: sys.now}, retry: {predicate: '${text.split}', max_retries: 1, backoff: {initial_delay: 1, max_delay: 1}}}",
    ["'text.split' is no predicate: it must take one parameter, the error", "'backoff' must have the key 'multiplier'"],
  ],
  ["{try: {call: sys.now}, except: {steps: [{a: {next: last}}]}}", ["'except' must have the key 'as'"]],
  [
    "{parallel: {branches: [{a: {steps: [{b: {assign: [{m: 1}]}}]}}]}}",
    ["variable 'm' belongs to what is around the parallel step: name it in 'shared'"],
  ],
  [
    "{parallel: {shared: [n], branches: [{a: {steps: [{b: {assign: [{n: 1}]}}]}}]}}",
    ["variable 'n' is shared, and nothing around the parallel step assigns it: assign it before"],
  ],
  [
    "{parallel: {branches: [{a: {steps: [{b: {return: 1}}, {c: {next: end}}]}}]}}",
    [
      "'return' is not allowed inside of a parallel step: assign a shared variable",
      "'next: end' is not allowed inside of a parallel step",
    ],
  ],
  [
    "{parallel: {exception_policy: failFast, branches: [{a: {steps: [{b: {next: b}}]}}]}}",
    ["'exception_policy' must be continueAll, got 'failFast': the service has no other"],
  ],
  ["{raise: 5}", ["'raise' must be text, an expression or a mapping, got the number 5"]],
  [
    "{steps: [{last: {next: end}}]}",
    ["a step around or beside this one is called 'last' too: 'next' could not tell them apart"],
  ],
  ["{steps: []}", ["'steps' must have at least one step"]],
  [
    "{return: 'a ${m}'}",
    ['mixes text and an expression, which the service does not evaluate: make it one expression, such as ${"a " + b}'],
  ],
])("%s is refused", (body, problems) => {
  expect(bodyProblems(body)).toEqual(problems);
});

test.each<[string, string]>([
  ["1 +", "expression cannot be read at its character 4: a value must stand here, got the end"],
  ["(1", "expression cannot be read at its character 3: ')' must stand here, got the end"],
  ["1 2", "expression cannot be read at its character 3: an operator or the end must stand here, got a value"],
  ["m..a", "expression cannot be read at its character 3: a name must stand here, got '.'"],
  ["m & 1", "expression cannot be read at its character 3: '&' has no meaning in an expression"],
  ['"a', 'expression cannot be read at its character 1: the text that begins here is not closed by "'],
  [
    '"\\x"',
    "expression cannot be read at its character 2: '\\x' is no escape: allowed are \\n, \\t, \\r, \\\", \\', \\\\ and \\u with 4 digits",
  ],
  [
    "{}",
    "expression cannot be read at its character 1: '{' has no meaning in an expression: a value is one expression and " +
      "nothing else, and maps are written in YAML, not in expressions",
  ],
  [
    "m} ${m",
    "expression cannot be read at its character 2: '}' has no meaning in an expression: a value is one expression " +
      "and nothing else, and maps are written in YAML, not in expressions",
  ],
  [
    "1 not in m",
    "expression cannot be read at its character 3: 'not in' is no operator of the language: write 'not (a in b)'",
  ],
  [
    "not 1 in m",
    "expression cannot be read at its character 1: 'not' binds more strongly than a comparison: write " +
      "'not (a == b)' or '(not a) == b'",
  ],
  ["1 < 2 < 3", "expression cannot be read at its character 7: comparisons cannot be chained: join them with 'and'"],
  ["m[0](1)", "expression cannot be read at its character 5: only functions can be called, by their name"],
  ["math.ceil(1)", "function 'math.ceil' is not known"],
  ["text.splitt(1)", "function 'text.splitt' is not known, did you mean 'text.split'?"],
  ["len()", "function 'len' takes 1 parameters (value), got 0 parameters"],
  ["time.format(1, m, m)", "function 'time.format' takes 1 to 2 parameters (seconds, [timezone]), got 3 parameters"],
  ["sys.sleep(1)", "function 'sys.sleep' cannot be called in an expression: use a step with 'call: sys.sleep'"],
  ["http.default_retry", "variable 'http' does not exist here: it is never assigned"],
])("${%s} is refused", (expression, problem) => {
  const [first, ...others] = bodyProblems(JSON.stringify({ return: `\${${expression}}` }));

  expect(first).toContain(problem);
  expect(others).toEqual([]);
});

test("parentheses say what 'not' is about", () => {
  expect(bodyProblems(JSON.stringify({ return: "${not (1 in [m]) and (not true) == false and not true}" }))).toEqual(
    [],
  );
});

test("files and (sub)workflows have their form", () => {
  expect(problemsOf("")).toEqual(["1:1: is empty: it must hold a mapping"]);
  expect(problemsOf("other: {steps: [{a: {next: end}}]}")).toEqual(["1:1: must have a workflow 'main'"]);
  expect(problemsOf("main: {steps: [{a: {next: a}}]}\nmain: {steps: [{a: {next: a}}]}")).toEqual([
    "2:1 main: is there twice: remove this or the one in line 1",
  ]);
  expect(problemsOf("main: {params: [a, b], stages: []}")).toEqual([
    "1:7 main: 'main' must have the key 'steps'",
    "1:16 main.params: 'main' takes one parameter, the argument of the execution, got 2",
    "1:24 main.stages: 'main' has no key 'stages': allowed are params, steps",
  ]);
  expect(problemsOf("main: {steps: [{a: {return: '${len(1, 2)}'}}]}\nlen: {steps: [{a: {next: a}}]}")[1]).toBe(
    "2:1 len: subworkflow 'len' has the name of a function of the library: give it another",
  );
  expect(
    problemsOf("main: {steps: [{a: {call: s}}]}\ns: {params: [x, y: '${1}'], steps: [{a: {return: '${x}'}}]}"),
  ).toEqual([
    "1:27 main.steps[0].a.call: 's' must have the argument 'x'",
    "2:20 s.params[1].y: the default of a parameter must be a value, not an expression",
  ]);
});

test("variables end with the loop, the except and the branch that made them", () => {
  const content = `- loop: {for: {value: v, in: [1], steps: [{a: {assign: [{x: "\${v}"}]}}]}}
- attempt: {try: {steps: [{b: {assign: [{kept: 1}]}}]}, except: {as: e, steps: [{c: {assign: [{y: "\${e}"}]}}]}}
- both: {parallel: {branches: [{d: {steps: [{f: {assign: [{z: 1}]}}]}}]}}
- done: {return: ["\${v}", "\${x}", "\${e}", "\${y}", "\${z}", "\${kept}"]}
`;

  expect(problemsOf(content).map((line) => /variable '(\w+)' does not exist here/.exec(line)?.[1])).toEqual([
    "v",
    "x",
    "e",
    "y",
    "z",
  ]);
});
