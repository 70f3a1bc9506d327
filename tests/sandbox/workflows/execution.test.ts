import type { LogEntry } from "../../../tools/sandbox/workflows/blocking";
import { SimulatedClock } from "../../../tools/sandbox/workflows/clock";
import { failure } from "../../../tools/sandbox/workflows/errors";
import { jsonResponse } from "../../../tools/sandbox/workflows/http";
import type { StepEvent } from "../../../tools/sandbox/workflows/listener";
import type { Execution } from "../../../tools/sandbox/workflows/runner";
import { parseWorkflow } from "../../../tools/sandbox/workflows/source";
import { begin, errorOf, logTo, resultOf, run, start } from "./support/run";

const sleeping = `
- attempt:
    try:
      steps:
        - ask: {call: http.post, args: {url: "https://example.com"}}
        - wait: {call: sys.sleep, args: {seconds: 60}}
        - ask_again: {call: http.post, args: {url: "https://example.com"}}
    except: {as: e, steps: [{never: {call: http.delete, args: {url: "https://example.com"}}}]}
`;

test.each<["cancel" | "kill", "CANCELLED" | "UNAVAILABLE"]>([
  ["cancel", "CANCELLED"],
  ["kill", "UNAVAILABLE"],
])("%s ends an execution at once: no except, no further step", async (how, state) => {
  const clock = new SimulatedClock(start);
  const asked: string[] = [];
  const http = ({ method }: { method: string }) => {
    asked.push(method);
    return Promise.resolve(jsonResponse(200, null));
  };
  const execution = begin(sleeping, undefined, { clock, http });
  expect(execution.state).toBe("ACTIVE");
  clock.schedule(30_000, () => execution[how]());

  expect(await execution.done).toEqual({ state });
  expect(execution.state).toBe(state);
  expect(asked).toEqual(["POST"]);
  expect(clock.now() - start).toBe(30_000);
});

test("what was asked for when the machine was lost takes effect all the same", async () => {
  const clock = new SimulatedClock(start);
  const took: string[] = [];
  const http = async () => {
    await clock.sleep(1000);
    took.push("effect");
    return jsonResponse(200, null);
  };
  const execution = begin(sleeping, undefined, { clock, http });
  clock.schedule(500, () => execution.kill());

  expect(await execution.done).toEqual({ state: "UNAVAILABLE" });
  expect(took).toEqual([]);
  await clock.sleep(1000);
  expect(took).toEqual(["effect"]);
});

test("an execution ends when its clock is stopped, in all its branches", async () => {
  const clock = new SimulatedClock(start);
  const workflow = `
- both:
    parallel:
      branches:
        - a: {steps: [{wait: {call: sys.sleep, args: {seconds: 60}}}]}
        - b: {steps: [{wait: {call: sys.sleep, args: {seconds: 90}}}]}
`;
  const execution = begin(workflow, undefined, { clock });
  clock.schedule(30_000, () => clock.stop());

  expect(await execution.done).toEqual({ state: "UNAVAILABLE" });
});

test("a listener is told of every step, and may interrupt before and after each of them", async () => {
  const events: StepEvent[] = [];
  const told = ({ phase, name, kind, routine, depth }: StepEvent) => [phase, name, kind, routine, depth].join(" ");
  await resultOf(sleeping, undefined, { onStep: (event) => void events.push(event) });

  expect(events.map(told)).toEqual([
    "before attempt try main 0",
    "before ask call main 0",
    "after ask call main 0",
    "before wait call main 0",
    "after wait call main 0",
    "before ask_again call main 0",
    "after ask_again call main 0",
    "after attempt try main 0",
  ]);
  expect(events[1]).toMatchObject({ line: 5, column: 11, count: 2 });

  for (const at of events.keys()) {
    const seen: string[] = [];
    const execution: Execution = begin(sleeping, undefined, {
      onStep: async (event) => {
        await Promise.resolve();
        seen.push(told(event));
        if (seen.length === at + 1) {
          execution.kill();
        }
      },
    });
    expect(await execution.done).toEqual({ state: "UNAVAILABLE" });
    expect(seen).toHaveLength(at + 1);
  }
});

test("a listener may let a step fail", async () => {
  const workflow = `
- attempt:
    try: {steps: [{one: {assign: [{x: 1}]}}]}
    except: {as: e, steps: [{done: {return: "\${e.message}"}}]}
`;
  const onStep = ({ phase, name }: StepEvent) => {
    if (phase === "after" && name === "one") {
      throw failure("ResourceLimitError", "no more");
    }
  };

  expect(await resultOf(workflow, undefined, { onStep })).toBe("no more");
});

test("an execution may take 100,000 steps, and no except helps", async () => {
  const workflow = `
- loop:
    try:
      steps:
        - count: {assign: [{n: 1}]}
        - again: {next: count}
    except: {as: e, steps: [{done: {return: "\${e.message}"}}]}
`;
  const execution = begin(workflow);

  expect(await execution.done).toMatchObject({
    state: "FAILED",
    error: { value: { tags: ["ResourceLimitError"], message: "an execution may take 100000 steps at most" } },
  });
  expect(execution.steps).toBe(100_001);
});

test("variables may take 512 KB, and give it back when they end or are assigned null", async () => {
  const workflow = (next: string) => `
main:
  params: [text]
  steps:
    - init: {assign: [{kept: []}]}
    - loop:
        for:
          value: v
          range: [1, 40]
          steps:
            - hold: {assign: [{held: "\${text}"}]}
            - next: {assign: [{${next}}]}
    - done: {return: "\${len(kept)}"}
`;
  const text = "x".repeat(20_000);

  expect(await resultOf(workflow("held: null"), text)).toBe(0);
  expect(await errorOf(workflow('kept: "${list.concat(kept, held)}"'), text)).toEqual({
    tags: ["ResourceLimitError"],
    message: "variables may take 524288 bytes at most, and would take 540232",
  });
});

test("an argument may have 32 KB, and needs a parameter", () => {
  expect(() => begin("main: {params: [a], steps: [{b: {return: 1}}]}", "x".repeat(40_000))).toThrow(
    "the argument of an execution may have 32768 bytes at most, got 40002",
  );
  expect(() => begin("- b: {return: 1}", {})).toThrow(
    "the workflow takes no argument: give it none, or add 'params' to 'main' of test.yaml",
  );
});

test("environment variables are those of the host and those of the service", async () => {
  const workflow = "- a: {return: ['${sys.get_env(\"API\")}', '${sys.get_env(\"GOOGLE_CLOUD_WORKFLOW_ID\")}']}";

  expect(await resultOf(workflow, undefined, { env: { API: "http://127.0.0.1" } })).toEqual([
    "http://127.0.0.1",
    "test",
  ]);
  expect(() => begin(workflow, undefined, { env: { GOOGLE_X: "", OK: "" } })).toThrow(
    "environment variables must not begin with GOOGLE_ or WORKFLOWS_, got GOOGLE_X",
  );
});

test("sys.log writes text or JSON, with a severity and a time", async () => {
  const entries: LogEntry[] = [];
  const workflow = `
- init: {assign: [{my_map: {a: 1}}]}
- wait: {call: sys.sleep_until, args: {time: "2026-01-05T00:00:10Z"}}
- past: {call: sys.sleep_until, args: {time: "2025-01-05T00:00:10Z"}}
- a: {call: sys.log, args: ["\${my_map}", INFO]}
- b: {call: sys.log, args: {text: "\${my_map}", severity: WARNING}}
- c: {call: sys.log, args: {data: 1.5}}
- d: {call: sys.log, args: {json: "\${my_map}"}}
`;
  await resultOf(workflow, undefined, logTo(entries));
  const time = start + 10_000;

  expect(entries).toEqual([
    { time, severity: "INFO", jsonPayload: { a: 1 } },
    { time, severity: "WARNING", textPayload: '{"a":1}' },
    { time, severity: "DEFAULT", textPayload: "1.5" },
    { time, severity: "DEFAULT", jsonPayload: { a: 1 } },
  ]);
  expect(await errorOf("- a: {call: sys.log, args: {data: x, text: y}}")).toEqual({
    tags: ["TypeError"],
    message: "one of 'data', 'text' and 'json' must be given, got 2",
  });
  expect(await errorOf("- a: {call: sys.log, args: {data: x, severity: LOUD}}")).toMatchObject({
    tags: ["ValueError"],
  });
});

test("many executions share a clock, fairly and alike", async () => {
  const program = parseWorkflow(
    `
main:
  params: [n]
  steps:
    - loop:
        for:
          value: v
          range: [1, 10]
          steps:
            - wait: {call: sys.sleep, args: {seconds: "\${n}"}}
            - ask: {call: http.get, args: {url: "\${\\"https://example.com/\\" + n}"}}
    - done: {return: "\${sys.now()}"}
`,
    "test.yaml",
  );
  const trace = async (): Promise<string[]> => {
    const clock = new SimulatedClock(start);
    const seen: string[] = [];
    const http = ({ url }: { url: string }) => {
      seen.push(`${(clock.now() - start) / 1000} ${url}`);
      return Promise.resolve(jsonResponse(200, null));
    };
    const numbers = Array.from({ length: 50 }, (_, index) => index + 1);
    const outcomes = await Promise.all(numbers.map((n) => run(program, n, { clock, http })));
    expect(outcomes).toEqual(numbers.map((n) => ({ state: "SUCCEEDED", result: start / 1000 + n * 10 })));
    return seen;
  };
  const seen = await trace();

  expect(seen).toHaveLength(500);
  expect(seen[0]).toBe("1 https://example.com/1");
  expect(seen.map((line) => Number.parseFloat(line))).toEqual(
    seen.map((line) => Number.parseFloat(line)).sort((a, b) => a - b),
  );
  expect(await trace()).toEqual(seen);
});
