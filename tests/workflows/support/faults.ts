import { ConnectionProblem, jsonResponse } from "../../../tools/sandbox/workflows/runner";
import type { HttpResponse } from "../../../tools/sandbox/workflows/http";
import type { Stage, WorkflowCall } from "./stage";

/** What goes wrong at one call of a rollout. */
export interface CallFault {
  readonly name: string;
  /** @default - it fits every call */
  readonly fits?: (call: Pick<WorkflowCall, "request">) => boolean;
  /** Whether a person moves traffic past the rollout. */
  readonly byHand?: boolean;
  /** Whether another rollout is started, which may end in its own way. */
  readonly startsRollout?: boolean;
  readonly strike: (call: WorkflowCall, stage: Stage) => Promise<HttpResponse>;
}

const refused = (code: number, status: string) => () =>
  Promise.resolve(jsonResponse(code, { error: { code, status, message: "the test says so" } }));

const lost = () => new ConnectionProblem("ConnectionError", "the connection broke");

const minute = 60_000;

/** Calls that start an operation. */
const starts = ({ request }: Pick<WorkflowCall, "request">) => /:(un)?deployModel$/.test(request.url);

const isPatch = ({ request }: Pick<WorkflowCall, "request">) => request.method === "PATCH";

const isMetric = ({ request }: Pick<WorkflowCall, "request">) => request.url.includes("/timeSeries?");

const isQuery = ({ request }: Pick<WorkflowCall, "request">) => request.url.endsWith("/queries");

/** Does something beside the call, then lets it go on. */
const meanwhile =
  (act: (stage: Stage, call: WorkflowCall) => Promise<void> | void): CallFault["strike"] =>
  async (call, stage) => {
    await act(stage, call);
    return call.proceed();
  };

const start = { model: "propensity", version: "2", actor: "bert" };

const incident = { state: "open", summary: "5xx", policy_user_labels: { model: "propensity" } };

/** What Eventarc hands to the watchdog when an alert opens. */
export function incidentEvent() {
  const data = Buffer.from(JSON.stringify({ version: "1.2", incident })).toString("base64");
  return { data: { message: { data } } };
}

/** Gives a version its share by hand, where two are deployed. */
async function byHand(stage: Stage): Promise<void> {
  const [old, young] = Object.keys(stage.peek().deployed);
  if (old !== undefined && young !== undefined) {
    await stage.setSplit({ [old]: 60, [young]: 40 });
  }
}

export const faults: readonly CallFault[] = [
  {
    name: "lost response",
    strike: async ({ proceed }) => {
      await proceed();
      throw lost();
    },
  },
  {
    name: "no connection",
    strike: () => Promise.reject(new ConnectionProblem("ConnectionFailedError", "nobody answers")),
  },
  { name: "429", strike: refused(429, "RESOURCE_EXHAUSTED") },
  { name: "503", strike: refused(503, "UNAVAILABLE") },
  { name: "403", strike: refused(403, "PERMISSION_DENIED") },
  { name: "409 on the etag", fits: isPatch, strike: refused(409, "ABORTED") },
  { name: "412 on the etag", fits: isPatch, strike: refused(412, "FAILED_PRECONDITION") },
  {
    name: "operation with an error",
    fits: starts,
    strike: meanwhile((stage, { request }) => {
      const path = `*${request.url.slice(request.url.lastIndexOf(":"))}`;
      stage.apis.faults.add({ path, fault: { kind: "fail-operation", status: "INTERNAL" } });
    }),
  },
  {
    name: "operation of three hours",
    fits: starts,
    strike: meanwhile((stage, { request }) => {
      const path = `*${request.url.slice(request.url.lastIndexOf(":"))}`;
      stage.apis.faults.add({ path, fault: { kind: "slow", seconds: 10_800 } });
    }),
  },
  {
    name: "a business metric without a mean",
    fits: isQuery,
    strike: async ({ proceed }) => {
      const { rows } = JSON.parse(String((await proceed()).body)) as { rows: { f: { v: string | null }[] }[] };
      rows.forEach(({ f }) => (f[2]!.v = null));
      return jsonResponse(200, { jobComplete: true, rows });
    },
  },
  { name: "answer after an hour", strike: meanwhile((stage) => stage.clock.sleep(60 * minute)) },
  {
    name: "killed before",
    strike: ({ execution }) => {
      execution.kill();
      return Promise.reject(lost());
    },
  },
  {
    name: "killed after",
    strike: async ({ execution, proceed }) => {
      const answer = await proceed();
      execution.kill();
      return answer;
    },
  },
  {
    name: "cancelled before",
    strike: ({ execution }) => {
      execution.cancel();
      return Promise.reject(lost());
    },
  },
  {
    name: "cancelled after",
    strike: async ({ execution, proceed }) => {
      const answer = await proceed();
      execution.cancel();
      return answer;
    },
  },
  {
    name: "metrics missing from here on",
    fits: isMetric,
    strike: meanwhile((stage) =>
      stage.apis.faults.add({ path: "monitoring*", times: Infinity, fault: { kind: "no-metrics" } }),
    ),
  },
  {
    name: "metrics refused from here on",
    fits: isMetric,
    strike: meanwhile((stage) =>
      stage.apis.faults.add({ path: "monitoring*", times: Infinity, fault: { kind: "refuse", status: "UNAVAILABLE" } }),
    ),
  },
  {
    name: "metrics half an hour late",
    fits: isMetric,
    strike: meanwhile((stage) =>
      stage.apis.faults.add({ path: "monitoring*", times: Infinity, fault: { kind: "late-metrics", minutes: 30 } }),
    ),
  },
  { name: "clock three hours forward", strike: meanwhile((stage) => stage.clock.jump(180 * minute)) },
  { name: "clock half an hour back", strike: meanwhile((stage) => stage.clock.jump(-30 * minute)) },
  {
    name: "the same rollout started again",
    startsRollout: true,
    strike: meanwhile((stage) => void stage.start("rollout", { ...start, override: true })),
  },
  {
    name: "a newer version started",
    startsRollout: true,
    strike: meanwhile((stage) => void stage.start("rollout", { ...start, version: "3", override: true })),
  },
  { name: "the split changed by hand", byHand: true, strike: meanwhile(byHand) },
  {
    name: "rollback by a person",
    strike: meanwhile((stage) => void stage.start("rollback", { model: "propensity", actor: "bert" })),
  },
  {
    name: "an alert",
    strike: meanwhile((stage) => void stage.start("watchdog", incidentEvent())),
  },
];
