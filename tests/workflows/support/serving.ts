import { endpoint, Stage } from "./stage";

/** What starts the rollout of version 2. */
export const start = { model: "propensity", version: "challenger", actor: "anna" };

/** An endpoint that serves version 1 to callers; version 2 is registered. */
export async function serving(
  errors: Record<string, number> = { "*": 0.005 },
  changes: Record<string, unknown> = {},
  more = {},
) {
  const stage = new Stage(changes);
  await stage.serveFirst();
  stage.apis.traffic.set(endpoint, { rps: 20, errors, ...more });
  return stage;
}

/** Lets the simulated time pass that an execution needs to come to a phase. */
export async function until(stage: Stage, phase: string): Promise<void> {
  for (let minutes = 0; minutes < 5_000; minutes++) {
    if (((await stage.state()) as { phase: string }).phase === phase) {
      return;
    }
    await stage.clock.sleep(60_000);
  }
  throw new Error(`phase ${phase} was not reached, but ${JSON.stringify(await stage.state())}`);
}

/** Answers the latest execution, which asks. */
export async function decide(stage: Stage, decision: string): Promise<void> {
  const { callback } = (await stage.state()) as { callback: string };
  const [execution] = [...stage.executions.values()].slice(-1);
  const body = JSON.stringify({ decision, actor: "bert" });
  execution!.sendCallback(callback, { method: "POST", headers: { "content-type": "application/json" }, body });
}
