import { jsonResponse } from "../../../tools/sandbox/workflows/runner";
import { incidentEvent } from "./faults";
import { until } from "./serving";
import { endpoint, location, Stage, type WorkflowCall } from "./stage";

/** What is crossed with every fault. */
export interface FaultCase {
  /** Share of the new version's answers that are errors. */
  readonly errors: number;
  readonly policy: Record<string, unknown>;
  /** @default false - version 1 serves, and version 2 is rolled out */
  readonly first?: boolean;
  /**
   * What is struck, and started again where it did not end.
   * @default "rollout"
   */
  readonly subject?: "rollback" | "watchdog";
  /** @default - every call of the subject */
  readonly struck?: (call: WorkflowCall, phase: string) => boolean;
  /** Whether a person approves what is asked; otherwise nobody answers. */
  readonly approves?: boolean;
  /** Whether `promote` runs itself. */
  readonly promotes?: boolean;
}

/** Two short stages, so that a rollout has about a hundred calls. */
const quick = {
  stages: [
    { share: 10, holdMinutes: 12, minimumSamples: 100, approval: false },
    { share: 100, holdMinutes: 10, minimumSamples: 100, approval: false },
  ],
  looks: 1,
  limits: { serverErrorRatio: 0.1, latencyP95Milliseconds: 500, minimumSamples: 50 },
  comparison: { errorRate: 0.05, serverErrorTolerance: 0.1, latencyRatio: 1.5 },
  deadlineMinutes: 10,
  approvalMinutes: 10,
  bakeMinutes: 5,
};

export type Stages = typeof quick.stages;

export const cases: Readonly<Record<string, FaultCase>> = {
  "the rollout of a good version": { errors: 0.005, policy: quick },
  "the rollout of a bad version": { errors: 0.4, policy: quick },
  "the rollout of a good version that a newer one may replace": {
    errors: 0.005,
    policy: { ...quick, onNewerVersion: "replace" },
  },
  "the rollout of the first version": { errors: 0.005, first: true, policy: quick },
  "a person's approval": {
    errors: 0.005,
    policy: { ...quick, stages: quick.stages.map((stage) => ({ ...stage, approval: true })) },
    approves: true,
    struck: (_, phase) => phase === "ask",
  },
  "the query of a business metric": {
    errors: 0.005,
    policy: {
      ...quick,
      business: { query: "SELECT 1", better: "higher", tolerance: 1, minimumUnits: 100, fromShare: 10 },
    },
    struck: ({ request }) => request.url.endsWith("/queries"),
  },
  "the promotion at the end of a rollout": {
    errors: 0.005,
    policy: quick,
    promotes: true,
    struck: ({ workflow }) => workflow === "promote",
  },
  "a rollback": { errors: 0.005, policy: quick, subject: "rollback" },
  "a rollback by the watchdog": {
    errors: 0.4,
    policy: quick,
    subject: "watchdog",
    struck: ({ workflow }) => workflow === "watchdog",
  },
};

export const start = { model: "propensity", version: "2", actor: "anna", override: true };

/** A stage on which the subject of the case can begin. */
export async function prepare({ errors, first, policy, subject, promotes }: FaultCase): Promise<Stage> {
  const stage = new Stage(policy);
  if (first) {
    await stage.register();
    await stage.register();
  } else {
    await stage.serveFirst();
  }
  await stage.register();
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "2": errors, "*": 0.005 } });
  if (subject) {
    const rollout = stage.start("rollout", start);
    await until(stage, "watch");
    rollout.kill();
    await rollout.done;
  }
  if (promotes) {
    stage.replaced.clear();
  }
  return stage;
}

/** Starts the subject of the case. */
export function begin({ subject }: FaultCase, stage: Stage): void {
  if (subject === "watchdog") {
    stage.start("watchdog", incidentEvent());
  } else if (subject === "rollback") {
    stage.start("rollback", { model: "propensity", actor: "anna" });
  } else {
    stage.start("rollout", start);
  }
}

/** Somebody who approves what is asked, after one look in the meantime at least. */
export async function approve(stage: Stage, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await stage.clock.sleep(30_000);
    const { phase, callback, execution, askedAt } = await stage.state().catch((): Record<string, unknown> => ({}));
    if (phase === "ask" && callback && stage.clock.now() / 1_000 - (askedAt as number) > 100) {
      stage.executions.get(`${location}/workflows/${execution as string}`)?.sendCallback(callback as string, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ decision: "approve", actor: "bert" }),
      });
    }
  }
}

const row = (id: unknown) => ({ f: [id, "1000", "10", "4"].map((v) => ({ v })) });

/** The call, with what the query of a business metric finds: both versions are as good. */
export function withBusiness(call: WorkflowCall): WorkflowCall {
  if (!call.request.url.endsWith("/queries")) {
    return call;
  }
  const { queryParameters } = JSON.parse(String(call.request.body)) as {
    queryParameters: { name: string; parameterValue: { value: string } }[];
  };
  const ids = queryParameters
    .filter(({ name }) => name === "champion" || name === "challenger")
    .map(({ parameterValue }) => parameterValue.value);
  return {
    ...call,
    proceed: () => Promise.resolve(jsonResponse(200, { jobComplete: true, rows: ids.map(row) } as never)),
  };
}
