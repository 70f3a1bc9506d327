import { settle } from "./support/registry";
import { decide, serving, start, until } from "./support/serving";
import { policy, type Stage } from "./support/stage";

const phaseOf = async (stage: Stage) => (await stage.state())["phase"];

/** A rollout that asks before its second stage. */
async function asking(changes: Parameters<typeof serving>[1] = {}) {
  const stages = [
    { share: 10, holdMinutes: 30, minimumSamples: 500, approval: false },
    { share: 100, holdMinutes: 30, minimumSamples: 500, approval: true },
  ];
  const stage = await serving({ "*": 0.005 }, { stages, ...changes });
  const execution = stage.start("rollout", start);
  await until(stage, "ask");
  return { stage, execution };
}

test("whoever is asked again after an approval expired has all the time again", async () => {
  const { stage, execution } = await asking({ onApprovalExpired: "hold" });
  expect(await execution.done).toMatchObject({ result: { outcome: "held", reason: "the approval expired" } });
  await stage.clock.sleep(60 * 60_000);
  const again = stage.start("rollout", start);
  await until(stage, "ask");
  await stage.clock.sleep(25 * 60_000);
  expect(await phaseOf(stage)).toBe("ask");
  await decide(stage, "approve");
  expect(await again.done).toMatchObject({ result: { outcome: "done" } });
});

test("whoever is asked again after a hand on the split has all the time again", async () => {
  const { stage, execution } = await asking();
  const split = await stage.split();
  const [old, young] = Object.keys(split);
  await stage.clock.sleep(25 * 60_000);
  await stage.setSplit({ [old!]: 50, [young!]: 50 });
  expect(await execution.done).toMatchObject({
    result: { outcome: "held", reason: expect.stringContaining("by hand") },
  });
  await stage.setSplit(split);
  const again = stage.start("rollout", start);
  await until(stage, "ask");
  await stage.clock.sleep(25 * 60_000);
  expect(await phaseOf(stage)).toBe("ask");
  await decide(stage, "approve");
  expect(await again.done).toMatchObject({ result: { outcome: "done" } });
});

test("an approval that takes long is handed over twice, and expires when it was to", async () => {
  const stage = await serving({}, { stages: [{ ...policy.stages[2]!, approval: true }], approvalMinutes: 1_440 });
  const first = stage.start("rollout", start);
  await settle(stage);
  const executions = [...stage.executions.values()].slice(-3);
  expect(executions[0]).toBe(first);
  expect(await Promise.all(executions.map(({ done }) => done))).toMatchObject([
    { result: { outcome: "superseded" } },
    { result: { outcome: "superseded" } },
    { result: { outcome: "rolled-back", reason: "the approval expired" } },
  ]);
  const [asked, gone] = ["ask", "give-up"].map((name) => stage.journal.find(({ action }) => action === name)!);
  const minutes = (Date.parse(gone!.decided_at) - Date.parse(asked!.decided_at)) / 60_000;
  expect(Math.round(minutes)).toBe(1_440);
});

test("the 500 minutes after which it is handed over stay below the service's limit of steps, with a look in each", async () => {
  const { stage, execution } = await asking();
  const before = execution.steps;
  await stage.clock.sleep(20 * 60_000);
  expect(await phaseOf(stage)).toBe("ask");
  const each = (execution.steps - before) / 20;
  expect(each).toBeGreaterThan(50);
  expect(each * 500).toBeLessThan(80_000);
});
