import { SimulatedClock } from "../../../tools/sandbox/workflows/clock";
import { errorOf, resultOf, start } from "./support/run";

// cloud.google.com/workflows/docs/samples/workflows-parallel-operations
test("branches run at the same time, and assign what they share", async () => {
  const clock = new SimulatedClock(start);
  const workflow = `
- init:
    assign:
      - user: {}
      - items: []
- enrich:
    parallel:
      shared: [user, items]
      branches:
        - getUser:
            steps:
              - wait: {call: sys.sleep, args: {seconds: 5}}
              - set: {assign: [{user: {name: Ada}}, {own: 1}]}
        - getItems:
            steps:
              - wait: {call: sys.sleep, args: {seconds: 7}}
              - set: {assign: [{own: "\${user.name}"}, {items: ["\${own}"]}]}
- done:
    return: ["\${user}", "\${items}"]
`;

  expect(await resultOf(workflow, undefined, { clock })).toEqual([{ name: "Ada" }, ["Ada"]]);
  expect(clock.now() - start).toBe(7000);
});

const loop = (limit: string, count: number): string => `
- init: {assign: [{total: 0}]}
- loop:
    parallel:
      shared: [total]
      ${limit}
      for:
        value: v
        index: i
        in: [${Array.from({ length: count }, (_, index) => index).join(", ")}]
        steps:
          - skip: {switch: [{condition: "\${v == 1}", next: continue}]}
          - wait: {call: sys.sleep, args: {seconds: 10}}
          - add: {assign: [{total: "\${total + v + i}"}]}
- done: {return: "\${total}"}
`;

test("iterations run at the same time, as many as the limit allows, and twenty at most", async () => {
  const seconds = async (limit: string, count: number): Promise<number> => {
    const clock = new SimulatedClock(start);
    expect(await resultOf(loop(limit, count), undefined, { clock })).toBe(count * (count - 1) - 2);
    return (clock.now() - start) / 1000;
  };

  expect(await seconds("", 21)).toBe(10);
  expect(await seconds("", 22)).toBe(20);
  expect(await seconds("concurrency_limit: 4", 9)).toBe(20);
  expect(await seconds("concurrency_limit: '${1 + 1}'", 5)).toBe(20);
});

test("all branches are done before the step fails, with what failed in which", async () => {
  const workflow = `
- init: {assign: [{done: []}]}
- attempt:
    try:
      steps:
        - both:
            parallel:
              shared: [done]
              exception_policy: continueAll
              branches:
                - quick: {steps: [{fail: {raise: "quick"}}]}
                - slow:
                    steps:
                      - wait: {call: sys.sleep, args: {seconds: 5}}
                      - note: {assign: [{done: "\${list.concat(done, 1)}"}]}
                      - fail: {raise: {code: 7}}
    except: {as: e, steps: [{give: {return: ["\${e}", "\${done}"]}}]}
`;

  expect(await resultOf(workflow)).toEqual([
    {
      message: "One or more branches or iterations encountered an unhandled runtime error",
      tags: ["UnhandledBranchError"],
      branches: [
        { id: "0", error: { context: '"quick"\nin step "fail", routine "main", line: 11', payload: '"quick"' } },
        { id: "1", error: { context: '{"code":7}\nin step "fail", routine "main", line: 16', payload: '{"code":7}' } },
      ],
    },
    [1],
  ]);
});

test("parallel steps nest two deep, across calls too", async () => {
  const workflow = `
main:
  params: [n]
  steps:
    - go: {return: "\${down(n)}"}
down:
  params: [n]
  steps:
    - check: {switch: [{condition: "\${n == 0}", return: 0}]}
    - init: {assign: [{below: null}]}
    - branch:
        parallel:
          shared: [below]
          branches: [{only: {steps: [{go: {assign: [{below: "\${down(n - 1)}"}]}}]}}]
    - done: {return: "\${below}"}
`;

  expect(await resultOf(workflow, 2)).toBe(0);
  expect(JSON.stringify(await errorOf(workflow, 3))).toContain("parallel steps are nested more than 2 deep");
});

test("a limit of nothing is refused", async () => {
  expect(await errorOf(loop("concurrency_limit: 0", 2))).toEqual({
    tags: ["ValueError"],
    message: "'concurrency_limit' must be an integer of 1 or more",
  });
});
