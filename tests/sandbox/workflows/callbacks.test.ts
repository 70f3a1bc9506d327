import { SimulatedClock } from "../../../tools/sandbox/workflows/clock";
import { begin, errorOf, start } from "./support/run";

const waiting = (timeout: string): string => `
- create:
    call: events.create_callback_endpoint
    args: {http_callback_method: POST}
    result: callback
- wait:
    call: events.await_callback
    args:
      callback: \${callback}
      ${timeout}
    result: request
- done:
    return: \${request}
`;
const url =
  "https://workflowexecutions.googleapis.com/v1/projects/acme/locations/europe-west4/workflows/test/executions/e1/callbacks/1";
const approval = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"approve":true}' };

test("a callback ends the wait, and brings its request", async () => {
  const clock = new SimulatedClock(start);
  const execution = begin(waiting(""), undefined, { clock });
  clock.schedule(90_000, () => {
    expect(execution.callbackEndpoints).toEqual([{ url, method: "POST", waiters: 1 }]);
    expect(execution.sendCallback(url, { ...approval, query: { by: "ada" } })).toBe(200);
  });

  expect(await execution.done).toEqual({
    state: "SUCCEEDED",
    result: {
      http_request: {
        body: { approve: true },
        headers: { "content-type": "application/json" },
        method: "POST",
        query: { by: "ada" },
        url: new URL(url).pathname,
      },
      received_time: "2026-01-05T00:01:30.000000Z",
      type: "HTTP",
    },
  });
  expect(execution.sendCallback(url, approval)).toBe(404);
});

test("without a callback, the wait ends with its timeout, twelve hours unless it says otherwise", async () => {
  const clock = new SimulatedClock(start);

  expect(await errorOf(waiting(""), undefined, { clock })).toEqual({
    tags: ["TimeoutError"],
    message: "no callback was received within the timeout of 43200 seconds",
  });
  expect(clock.now() - start).toBe(43_200_000);
  expect(await errorOf(waiting("timeout: 1.5"))).toMatchObject({ tags: ["TimeoutError"] });
});

test("a callback that comes between two waits is kept for the second one", async () => {
  const clock = new SimulatedClock(start);
  const workflow = `
- create:
    call: events.create_callback_endpoint
    result: callback
- slices:
    for:
      value: slice
      range: [1, 10]
      steps:
        - wait:
            try:
              call: events.await_callback
              args: {callback: "\${callback}", timeout: 60}
              result: request
            except:
              as: e
              steps:
                - only_late: {switch: [{condition: "\${not (\\"TimeoutError\\" in e.tags)}", raise: "\${e}"}]}
                - check_guardrails: {call: sys.sleep, args: {seconds: 30}}
                - again: {next: continue}
        - done: {return: ["\${slice}", "\${request.http_request.body.approve}"]}
`;
  const execution = begin(workflow, undefined, { clock });
  const codes: number[] = [];
  clock.schedule(75_000, () => {
    codes.push(execution.sendCallback(url, { ...approval, method: "GET" }));
    codes.push(execution.sendCallback(`${url}0`, approval));
    codes.push(execution.sendCallback(url, approval), execution.sendCallback(url, approval));
  });

  expect(await execution.done).toEqual({ state: "SUCCEEDED", result: [2, true] });
  expect(codes).toEqual([405, 404, 200, 429]);
  expect(clock.now() - start).toBe(90_000);
});

test("only endpoints of the execution itself can be awaited", async () => {
  const workflow = (callback: string) =>
    `- wait: {call: events.await_callback, args: {callback: ${callback}, timeout: 1}}`;

  expect(await errorOf(workflow("{url: 'https://x'}"))).toEqual({
    tags: ["ValueError"],
    message: "'https://x' is no callback endpoint of this execution",
  });
  expect(await errorOf(workflow("1"))).toEqual({
    tags: ["TypeError"],
    message: "'callback' must be a map with 'url', got integer",
  });
});
