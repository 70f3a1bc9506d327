import { errorOf, resultOf } from "./support/run";

test("steps follow one another, jump, and end", async () => {
  const workflow = `
- first_step:
    assign:
      - visited: ["first"]
    next: second_step
- third_step:
    assign:
      - visited: \${list.concat(visited, "third")}
    next: last_step
- second_step:
    assign:
      - visited: \${list.concat(visited, "second")}
    next: third_step
- never:
    assign:
      - visited: []
- last_step:
    return: \${visited}
`;

  expect(await resultOf(workflow)).toEqual(["first", "second", "third"]);
});

test("'end' stops without a value, and so does the last step", async () => {
  expect(await resultOf("- a: {next: end}\n- b: {return: 1}")).toBeNull();
  expect(await resultOf("- a: {assign: [{x: 1}]}")).toBeNull();
});

test("the argument is the parameter of main, null where there is none", async () => {
  const workflow = "main:\n  params: [input]\n  steps:\n    - done:\n        return: ${input}";

  expect(await resultOf(workflow, { a: [1.5, "x", null, true] })).toEqual({ a: [1.5, "x", null, true] });
  expect(await resultOf(workflow)).toBeNull();
});

test("assignments are done one after the other, and copy what they assign", async () => {
  const workflow = `
- assign_all:
    assign:
      - my_list: ["zero", "one", "two"]
      - copy: \${my_list}
      - idx: 0
      - my_list[idx]: 0
      - my_list[idx + 1]: 1
      - my_list[len(my_list) - 1]: 2
      - grid: [[10, 11], [20, 21]]
      - grid[0][1]: "Value11"
      - key_str: "Key"
      - my_map: {"Key1": "hello", "nested": {"a": 1}}
      - my_map.Key1: "Value1"
      - my_map["Key2"]: "Value2"
      - my_map[key_str + "3"]: "Value3"
      - my_map.nested.b: 2
      - dynamic: {"\${key_str}": 1, '\${key_str + "Apple"}': {"in": "\${idx}"}}
- done:
    return: ["\${my_list}", "\${copy}", "\${grid}", "\${my_map}", "\${dynamic}"]
`;

  expect(await resultOf(workflow)).toEqual([
    [0, 1, 2],
    ["zero", "one", "two"],
    [
      [10, "Value11"],
      [20, 21],
    ],
    { Key1: "Value1", Key2: "Value2", Key3: "Value3", nested: { a: 1, b: 2 } },
    { Key: 1, KeyApple: { in: 0 } },
  ]);
});

test("integers and doubles of the file are told apart", async () => {
  const workflow = "- a: {assign: [{x: 1}, {y: 1.0}]}\n- b: {return: ['${get_type(x)}', '${get_type(y)}']}";

  expect(await resultOf(workflow)).toEqual(["integer", "double"]);
});

test.each([
  ["- a: {assign: [{m: {}}, {m.a.b: 1}]}", "KeyError", "key not found: a"],
  ["- a: {assign: [{m: []}, {'m[0]': 1}]}", "IndexError", "index 0 is out of range: the list has 0 items"],
  ["- a: {assign: [{m: 1}, {m.a: 1}]}", "TypeError", "only parts of maps and lists can be assigned, got integer"],
])("%s raises a %s", async (workflow, tag, message) => {
  expect(await errorOf(workflow)).toEqual({ tags: [tag], message });
});

test("the first condition that holds decides; without one, the next step follows", async () => {
  const workflow = `
main:
  params: [n]
  steps:
    - init:
        assign:
          - size: ""
    - check:
        switch:
          - condition: \${n < 10}
            next: small
          - condition: \${n < 100}
            assign:
              - size: "medium"
          - condition: \${n < 1000}
            steps:
              - name_it:
                  assign:
                    - size: "large"
              - leave:
                  next: done
          - condition: \${n == 5000}
            return: "exactly"
          - condition: \${n > 9000}
            call: describe
            args: {size: "over nine thousand"}
            result: size
    - more:
        assign:
          - size: \${if(n > 9000 or n < 100, size + "!", "huge")}
`;
  const rest = `
    - done:
        return: \${size}
    - small:
        return: small
describe:
  params: [size]
  steps:
    - say:
        return: \${"it is " + size}
`;
  const size = (n: number) => resultOf(workflow + rest, n);

  expect(await Promise.all([5, 50, 500, 5000, 7000, 9001].map(size))).toEqual([
    "small",
    "medium!",
    "large",
    "exactly",
    "huge",
    "it is over nine thousand!",
  ]);
});

test("a condition must be a boolean", async () => {
  expect(await errorOf("- a: {switch: [{condition: '${1}', return: 1}]}")).toEqual({
    tags: ["TypeError"],
    message: "a condition must be a boolean, got integer",
  });
});

// cloud.google.com/workflows/docs/samples/workflows-iterate-for-range and workflows-loop-scope
test("loops over ranges include both ends", async () => {
  const workflow = `
- assignStep:
    assign:
      - sum: 0
- loopStep:
    for:
      value: v
      range: [1, 9]
      steps:
        - sumStep:
            assign:
              - sum: \${sum + v}
- returnStep:
    return: \${sum}
`;

  expect(await resultOf(workflow)).toBe(45);
});

test("what a loop assigns first ends with the iteration; what was there before keeps what it assigned", async () => {
  const workflow = `
- init:
    assign:
      - workflowScope: foo
- outerLoop:
    for:
      value: outerLoopValue
      in: [1, 2, 3, 4]
      steps:
        - outerLoopAssign:
            assign:
              - outerLoopScope: \${workflowScope}
        - innerLoop:
            for:
              value: innerLoopValue
              in: [5, 6, 7, 8]
              steps:
                - innerLoopAssign:
                    assign:
                      - workflowScope: \${innerLoopValue}
                      - innerLoopScope: \${outerLoopScope}
- final:
    return: \${workflowScope}
`;

  expect(await resultOf(workflow)).toBe(8);
});

test("an iteration does not see what another one assigned first", async () => {
  const workflow = `
- loop:
    for:
      value: v
      range: [1, 2]
      steps:
        - check:
            switch:
              - condition: \${v == 2}
                return: \${own}
        - set:
            assign:
              - own: \${v}
`;

  expect(await errorOf(workflow)).toEqual({ tags: ["KeyError"], message: "variable 'own' does not exist here" });
});

test("loops are left by break, continue and return, from nested steps too", async () => {
  const workflow = `
main:
  params: [leave]
  steps:
    - init:
        assign:
          - seen: []
    - loop:
        for:
          value: v
          index: i
          in: ["a", "b", "c", "d"]
          steps:
            - nested:
                steps:
                  - check:
                      switch:
                        - condition: \${v == "b"}
                          next: continue
                        - condition: \${v == "d" and leave}
                          return: \${list.concat(seen, "left")}
                        - condition: \${v == "d"}
                          steps:
                            - out:
                                next: break
            - note:
                assign:
                  - seen: \${list.concat(seen, v + string(i))}
    - done:
        return: \${seen}
`;

  expect(await resultOf(workflow, false)).toEqual(["a0", "c2"]);
  expect(await resultOf(workflow, true)).toEqual(["a0", "c2", "left"]);
});

test("only lists are iterated over", async () => {
  const loop = (over: string) =>
    `- a: {assign: [{m: {x: 1}}]}\n- b:\n    for: {value: v, ${over}, steps: [{c: {assign: [{y: 1}]}}]}`;

  expect(await errorOf(loop("in: '${m}'"))).toEqual({
    tags: ["TypeError"],
    message: "'in' must be a list, got map: use keys(...)",
  });
  expect(await errorOf(loop("range: '${[1, m]}'"))).toEqual({
    tags: ["TypeError"],
    message: "'range' must be a list of two numbers",
  });
});

test("subworkflows take arguments by name and by position, have defaults, and variables of their own", async () => {
  const workflow = `
main:
  steps:
    - init:
        assign:
          - name: outer
    - by_name:
        call: greet
        args:
          name: "Ada"
        result: first
    - by_list:
        call: greet
        args: ["Alan", "Bye"]
        result: second
    - in_expressions:
        assign:
          - third: \${greet(greet("Grace")) + "?"}
          - fourth: \${name == "inner" or greet("x") == "Hello x!"}
          - fifth: \${name == "outer" or greet(name.no.such.part)}
    - done:
        return: ["\${first}", "\${second}", "\${third}", "\${fourth}", "\${fifth}", "\${name}"]
greet:
  params: [name, greeting: "Hello"]
  steps:
    - say:
        assign:
          - text: \${greeting + " " + name + "!"}
          - name: inner
    - done:
        return: \${text}
`;

  expect(await resultOf(workflow)).toEqual(["Hello Ada!", "Bye Alan!", "Hello Hello Grace!!?", true, true, "outer"]);
});

test("null is an argument too, and keeps a default away", async () => {
  const workflow = `
main:
  steps:
    - done: {return: ["\${greet()}", "\${greet(null)}"]}
greet:
  params: [name: nobody]
  steps:
    - done: {return: "\${name}"}
`;

  expect(await resultOf(workflow)).toEqual(["nobody", null]);
});

test("the nesting of calls is limited", async () => {
  const workflow = `
main:
  params: [n]
  steps:
    - go: {return: "\${down(n)}"}
down:
  params: [n]
  steps:
    - check: {switch: [{condition: "\${n == 1}", return: 1}]}
    - go: {return: "\${1 + down(n - 1)}"}
`;

  expect(await resultOf(workflow, 20)).toBe(20);
  expect(await errorOf(workflow, 21)).toEqual({
    tags: ["RecursionError"],
    message: "calls are nested more than 20 deep",
  });
});
