import { SimulatedClock } from "../../../tools/sandbox/workflows/clock";
import { ConnectionProblem, type HttpResponse, jsonResponse } from "../../../tools/sandbox/workflows/http";
import { errorOf, resultOf, run, start } from "./support/run";

test("an error that nobody takes fails the execution, with its payload and the steps it passed", async () => {
  const workflow = `main:
  steps:
    - outer:
        steps:
          - call_it:
              call: divide
              args: {by: 0}
divide:
  params: [by]
  steps:
    - compute:
        return: \${1 / by}
`;

  expect(await run(workflow)).toEqual({
    state: "FAILED",
    error: {
      value: { message: "division by zero", tags: ["ZeroDivisionError"] },
      payload: '{"message":"division by zero","tags":["ZeroDivisionError"]}',
      context: [
        '{"message":"division by zero","tags":["ZeroDivisionError"]}',
        'in step "compute", routine "divide", line: 11',
        'in step "call_it", routine "main", line: 5',
      ].join("\n"),
      stackTrace: {
        elements: [
          { step: "compute", routine: "divide", position: { line: 11, column: 7 } },
          { step: "call_it", routine: "main", position: { line: 5, column: 13 } },
        ],
      },
    },
  });
});

test("a raised string is the error, and so is a raised map", async () => {
  expect(await errorOf('- a: {raise: "Something went wrong"}')).toBe("Something went wrong");
  expect(await errorOf('- a: {raise: {code: 55, message: "It\'s over"}}')).toEqual({ code: 55, message: "It's over" });
  expect(await errorOf("- a: {assign: [{x: 1}]}\n- b: {raise: '${x}'}")).toEqual({
    tags: ["TypeError"],
    message: "only a string or a map can be raised, got integer",
  });
});

const handling = (raise: string): string => `
main:
  steps:
    - init:
        assign:
          - seen: none
    - attempt:
        try:
          steps:
            - before:
                assign:
                  - seen: before
            - fail:
                raise: ${raise}
        except:
          as: e
          steps:
            - known:
                switch:
                  - condition: \${e == "leave"}
                    return: left
                  - condition: \${e == "jump"}
                    next: after
                  - condition: \${e == "again"}
                    raise: \${e + "!"}
            - note:
                assign:
                  - seen: \${seen + ", " + e}
    - after:
        return: \${seen}
`;

test("an except takes the error, and may go on, leave, jump or raise", async () => {
  expect(await resultOf(handling("mended"))).toBe("before, mended");
  expect(await resultOf(handling("leave"))).toBe("left");
  expect(await resultOf(handling("jump"))).toBe("before");
  expect(await errorOf(handling("again"))).toBe("again!");
});

const calling = (retry: string, except = ""): string => `
main:
  steps:
    - call_it:
        try:
          call: http.post
          args:
            url: https://example.com/api
          result: answer
        retry: ${retry}
        ${except}
    - done:
        return: \${answer.body}
only_418:
  params: [e]
  steps:
    - check:
        return: \${"HttpError" in e.tags and e.code == 418}
`;

/** Answers one after the other, and the seconds at which they were asked for. */
function answers(clock: SimulatedClock, ...list: (number | ConnectionProblem)[]) {
  const asked: number[] = [];
  const http = (): Promise<HttpResponse> => {
    const answer = list[Math.min(asked.length, list.length - 1)]!;
    asked.push((clock.now() - start) / 1000);
    return answer instanceof ConnectionProblem ? Promise.reject(answer) : Promise.resolve(jsonResponse(answer, "done"));
  };
  return { asked, host: { clock, http } };
}

test("the default policy retries five times, with a growing delay", async () => {
  const { asked, host } = answers(new SimulatedClock(start), 503);

  expect(await errorOf(calling("${http.default_retry}"), undefined, host)).toMatchObject({ code: 503 });
  expect(asked).toEqual([0, 1, 2.25, 3.813, 5.766, 8.207].map((time) => expect.closeTo(time, 2)));
});

test.each<[string, number | ConnectionProblem, boolean, boolean]>([
  ["429", 429, true, true],
  ["500", 500, false, false],
  ["502", 502, true, false],
  ["503", 503, true, true],
  ["404", 404, false, false],
  ["a lost response", new ConnectionProblem("ConnectionError", "reset"), true, false],
  ["no connection", new ConnectionProblem("ConnectionFailedError", "refused"), true, true],
])("%s is retried by the policies that the documentation names", async (_, fault, idempotent, nonIdempotent) => {
  const retried = async (policy: string): Promise<boolean> => {
    const { asked, host } = answers(new SimulatedClock(start), fault, 200);
    await run(calling(policy), undefined, host);
    return asked.length === 2;
  };

  expect(await retried("${http.default_retry}")).toBe(idempotent);
  expect(await retried("${http.default_retry_non_idempotent}")).toBe(nonIdempotent);
});

test("a predicate and a backoff of one's own", async () => {
  const retry = "{predicate: '${only_418}', max_retries: 3, backoff: {initial_delay: 2, max_delay: 5, multiplier: 2}}";
  const kept = answers(new SimulatedClock(start), 418);
  const other = answers(new SimulatedClock(start), 418, 503);

  expect(await errorOf(calling(retry), undefined, kept.host)).toMatchObject({ code: 418 });
  expect(kept.asked).toEqual([0, 2, 6, 11]);
  expect(await errorOf(calling(retry), undefined, other.host)).toMatchObject({ code: 503 });
  expect(other.asked).toEqual([0, 2]);
});

test("except comes after the last retry", async () => {
  const retry = "{predicate: '${retry.always}', max_retries: 1, backoff: '${retry.default_backoff}'}";
  const except = "except: {as: e, steps: [{give_up: {return: '${e.message}'}}]}";
  const { asked, host } = answers(new SimulatedClock(start), 500);

  expect(await resultOf(calling(retry, except), undefined, host)).toBe("HTTP server responded with error code 500");
  expect(asked).toEqual([0, 1]);
});

test("the whole try is done again", async () => {
  const workflow = `
- init: {assign: [{count: 0}]}
- attempt:
    try:
      steps:
        - note: {assign: [{count: "\${count + 1}"}]}
        - check: {switch: [{condition: "\${count < 4}", raise: again}]}
    retry: {predicate: "\${retry.always}", max_retries: 10, backoff: {initial_delay: 0, max_delay: 0, multiplier: 1}}
- done: {return: "\${count}"}
`;

  expect(await resultOf(workflow)).toBe(4);
});
