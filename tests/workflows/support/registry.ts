import { ConnectionProblem } from "../../../tools/sandbox/workflows/runner";
import type { Json } from "../../../tools/sandbox/workflows/values";
import { location, model, Stage, type WorkflowCall } from "./stage";

const api = "https://europe-west4-aiplatform.googleapis.com/v1";

/** An image by digest. */
export const image = (letter: string): string =>
  `europe-west4-docker.pkg.dev/acme/images/churn@sha256:${letter.repeat(64)}`;

/** Gates of a team that declares all of them but the approval. */
export const gates = {
  metrics: {
    auRoc: { better: "higher", tolerance: 0.005, limit: 0.75 },
    logLoss: { better: "lower", tolerance: 0.02 },
  },
  slices: { country: { metric: "auRoc", largestGap: 0.05 } },
  dataValidation: true,
  explanation: true,
};

/** A version that passes them. */
export const good = {
  model: "propensity",
  artifactUri: "gs://acme-churn-models/propensity/2026-01-05",
  image: image("a"),
  actor: "pipeline",
  versionDescription: "trained on events until 4 January",
  explanationSpec: { parameters: { sampledShapleyAttribution: { pathCount: 10 } } },
  dataValidation: { passed: true },
  evaluation: {
    metrics: { auRoc: 0.82, logLoss: 0.31 },
    slices: [
      { dimension: "country", value: "NL", metrics: { auRoc: 0.83 } },
      { dimension: "country", value: "DE", metrics: { auRoc: 0.8 } },
    ],
  },
};

/** A stage on which the workflows of the registry run themselves. */
export function registryStage(changes: Record<string, unknown> = {}): Stage {
  const stage = new Stage({ gates, ...changes });
  stage.replaced.clear();
  return stage;
}

interface Version {
  readonly versionId: string;
  readonly versionAliases?: readonly string[];
}

/** Aliases of the model's versions, by version. */
export async function aliases(stage: Stage): Promise<Record<string, readonly string[]>> {
  const { body, status } = await stage.apis.handle({ method: "GET", url: `${api}/${model}:listVersions` });
  const { models = [] } = status === 404 ? {} : (body as { models?: Version[] });
  return Object.fromEntries(
    models.map(({ versionId, versionAliases = [] }) => [
      versionId,
      [...versionAliases].sort((a, b) => (a < b ? -1 : 1)),
    ]),
  );
}

/** Uploads a version past the workflow. */
export async function upload(stage: Stage, body: Record<string, unknown> = {}): Promise<void> {
  const first = Object.keys(await aliases(stage)).length === 0;
  await stage.call("POST", `${api}/${location}/models:upload`, {
    ...(first ? { modelId: "churn-propensity" } : { parentModel: model }),
    model: { displayName: "churn-propensity", containerSpec: { imageUri: image("a") }, ...body },
  });
  await stage.clock.jump(5 * 60_000);
}

/** Waits until every execution has ended, those that others start included. */
export async function settle(stage: Stage): Promise<void> {
  for (let size = -1; size !== stage.executions.size;) {
    size = stage.executions.size;
    await Promise.all([...stage.executions.values()].map(({ done }) => done));
  }
}

/** What can happen to a call that the caller does not learn of. */
const strikes: Readonly<Record<string, (call: WorkflowCall) => ReturnType<WorkflowCall["proceed"]>>> = {
  "killed before": ({ execution }) => {
    execution.kill();
    return Promise.reject(new ConnectionProblem("ConnectionError", "the connection broke"));
  },
  "killed after": async ({ execution, proceed }) => {
    const answer = await proceed();
    execution.kill();
    return answer;
  },
  "lost response": async ({ proceed }) => {
    await proceed();
    throw new ConnectionProblem("ConnectionError", "the connection broke");
  },
};

/**
 * Runs a workflow once for each of its calls and each strike, struck there and then run again, and has the stage checked: while it runs, by
 * `always`, and at the end, by `check`. Answers how often.
 */
export async function strikeEveryCall(
  prepare: () => Promise<Stage>,
  workflow: string,
  argument: Record<string, Json>,
  check: (stage: Stage, where: string) => Promise<void>,
  always: (stage: Stage) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const count = async (at: number, strike?: (typeof strikes)[string]): Promise<[number, Stage]> => {
    const stage = await prepare();
    let calls = 0;
    stage.intercept = async (call) => {
      const struck = strike && calls === at;
      calls += 1;
      const answer = await (struck ? strike(call) : call.proceed());
      await always(stage);
      return answer;
    };
    stage.start(workflow, argument);
    await settle(stage);
    return [calls, stage];
  };
  const [total] = await count(-1);
  let runs = 0;
  for (const [name, strike] of Object.entries(strikes)) {
    for (let at = 0; at < total; at++) {
      const [, stage] = await count(at, strike);
      stage.intercept = undefined;
      stage.start(workflow, argument);
      await settle(stage);
      await check(stage, `${name}, call ${at} of ${total}`);
      runs += 1;
    }
  }
  return runs;
}
