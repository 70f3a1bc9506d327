import type { Json } from "../../tools/sandbox/workflows/values";
import { type CallFault, faults } from "./support/faults";
import { endpoint, Stage, type WorkflowCall } from "./support/stage";

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

const cases = {
  "a good version": { errors: 0.005, first: false, policy: {} },
  "a bad version": { errors: 0.4, first: false, policy: {} },
  "a good version that a newer one may replace": { errors: 0.005, first: false, policy: { onNewerVersion: "replace" } },
  "the first version": { errors: 0.005, first: true, policy: {} },
} as const;

type Case = keyof typeof cases;

/**
 * How much is struck. `kinds`: the first call of every kind in every phase, with every fault. `all`: every call. By default a quarter of
 * `kinds`, so that the suite stays short.
 */
const extent = process.env["FAULTS"] ?? "sample";

/** How often a call of one kind is struck in one phase. */
const most = extent === "all" ? Infinity : 1;

async function prepare(name: Case): Promise<Stage> {
  const { errors, first, policy } = cases[name];
  const stage = new Stage({ ...quick, ...policy });
  if (first) {
    await stage.register();
    await stage.register();
  } else {
    await stage.serveFirst();
  }
  await stage.register();
  stage.apis.traffic.set(endpoint, { rps: 20, errors: { "2": errors, "*": 0.005 } });
  return stage;
}

const start = { model: "propensity", version: "2", actor: "anna", override: true };

const kindOf = ({ request }: WorkflowCall) =>
  `${request.method} ${new URL(request.url).pathname.replaceAll(/\d+/g, "N")}`;

/** Indexes of the calls of an undisturbed run that are struck, each with the fault that fits. */
async function strikes(name: Case): Promise<{ readonly index: number; readonly fault: CallFault }[]> {
  const stage = await prepare(name);
  const found: { index: number; fault: CallFault }[] = [];
  const seen = new Map<string, number>();
  let index = 0;
  let phase = "none";
  stage.intercept = (call) => {
    const { request } = call;
    if (request.url.includes("/upload/")) {
      ({ phase } = JSON.parse(String(request.body)) as { phase: string });
    }
    const key = `${phase} ${kindOf(call)}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (seen.get(key)! <= most) {
      const at = index;
      found.push(...faults.filter(({ fits = () => true }) => fits(call)).map((fault) => ({ index: at, fault })));
    }
    index += 1;
    return call.proceed();
  };
  await stage.run("rollout", start);
  return extent === "sample" ? found.filter((_, index) => index % 4 === 0) : found;
}

/** What must hold of the endpoint at any time. */
function brokenNow(stage: Stage): string[] {
  const { split, deployed } = stage.peek();
  const shares = Object.values(split);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return [
    ...(shares.length > 0 && total !== 100 ? [`the split sums to ${total}`] : []),
    ...Object.keys(split)
      .filter((id) => !(id in deployed))
      .map((id) => `the split names ${id}, which is not deployed`),
  ];
}

const isByHand = ({ name }: CallFault) => name.includes("by hand");

/** Ends that are declared: everything else is somebody's to go on from. */
const ends = ["done", "rolled-back", "held"];

async function settle(stage: Stage): Promise<void> {
  for (let size = -1; size !== stage.executions.size;) {
    size = stage.executions.size;
    await Promise.all([...stage.executions.values()].map(({ done }) => done));
  }
}

async function phaseOf(stage: Stage): Promise<string> {
  try {
    return ((await stage.state()) as { phase: string }).phase;
  } catch {
    return "none";
  }
}

/** Runs one rollout with one fault, then does what a person would; says what does not hold. */
async function broken(name: Case, index: number, fault: CallFault): Promise<string[]> {
  const stage = await prepare(name);
  const problems: string[] = [];
  const splits: string[] = [];
  let calls = 0;
  let backs = 0;
  const before = JSON.stringify(stage.peek().split);
  stage.intercept = async (call) => {
    const struck = calls++ === index;
    const old = JSON.stringify(stage.peek().split);
    try {
      return await (struck ? fault.strike(call, stage) : call.proceed());
    } finally {
      const now = JSON.stringify(stage.peek().split);
      if (call.request.method === "PATCH" && now !== old && !(struck && isByHand(fault))) {
        splits.push(now);
        backs += now === before ? 1 : 0;
        problems.push(...promotedBlindly(stage, old, now));
      }
      problems.push(...brokenNow(stage));
    }
  };
  stage.start("rollout", start);
  await settle(stage);
  for (let tries = 0; tries < 4 && !ends.includes(await phaseOf(stage)); tries++) {
    stage.apis.faults.clear();
    const { version } = (await stage.state().catch(() => start)) as { version: string };
    stage.start("rollout", { ...start, version });
    await settle(stage);
  }
  return [...new Set([...problems, ...(await brokenAtEnd(stage, name, fault, splits, backs))])];
}

/** Whether the new version got more traffic without a look that passed, or a person's word. */
function promotedBlindly(stage: Stage, old: string, now: string): string[] {
  const [from, to] = [old, now].map((text) => JSON.parse(text) as Record<string, number>);
  const raised = Object.entries(to!).filter(([id, share]) => share > (from![id] ?? 0) && (from![id] ?? 0) >= 10);
  const young = raised.find(([id]) => from![id] !== undefined && from![id] < 50);
  if (!young) {
    return [];
  }
  const looked = stage.journal.some(({ action, verdict, evidence }) => {
    const { challenger } = (JSON.parse(evidence) ?? {}) as { challenger?: { samples: number } };
    return action === "approve" || (action === "look" && verdict === "pass" && (challenger?.samples ?? 0) >= 100);
  });
  return looked ? [] : [`${young[0]} got ${young[1]} % without a look that passed`];
}

async function brokenAtEnd(
  stage: Stage,
  name: Case,
  fault: CallFault,
  splits: readonly string[],
  backs: number,
): Promise<string[]> {
  const { split, deployed } = stage.peek();
  const state = (await stage.state().catch(() => ({ phase: "none" }))) as Record<string, Json>;
  const { phase } = state;
  const served = Object.entries(split).filter(([, share]) => share > 0);
  const versions = Object.values(deployed);
  const byHand = isByHand(fault);
  const rollouts = stage.journal.filter(({ action }) => action === "start").length;
  const journalled = new Set(stage.journal.map(({ split_after }) => split_after));
  return [
    ...(ends.includes(phase as string) ? [] : [`it ended in phase ${phase as string}`]),
    ...(phase === "held" && !state["reason"] ? ["it is held without a reason"] : []),
    ...(phase === "held" && !byHand ? [`it is held: ${state["reason"] as string}`] : []),
    ...(phase !== "held" && served.length > 1 ? [`traffic is split at the end: ${JSON.stringify(split)}`] : []),
    ...(phase !== "held" && versions.length > 1 ? [`versions ${versions.join()} are deployed at the end`] : []),
    ...(phase === "done" && served.length !== 1 ? ["it is done and nothing serves"] : []),
    ...(name === "a bad version" && versions.includes("2") && phase !== "held" ? ["a bad version was promoted"] : []),
    ...(backs > rollouts && !byHand ? [`traffic went back ${backs} times in ${rollouts} rollouts`] : []),
    ...splits
      .filter((each) => !sameAsOne(each, journalled))
      .map((each) => `no row of the journal has the split ${each}`),
  ];
}

function sameAsOne(split: string, journalled: ReadonlySet<string>): boolean {
  const sorted = (text: string) => JSON.stringify(Object.entries((JSON.parse(text) ?? {}) as object).sort());
  return [...journalled].some((each) => sorted(each) === sorted(split));
}

test.each(Object.keys(cases) as Case[])(
  "whatever goes wrong at whichever call, the rollout of %s ends well",
  async (name) => {
    const all = await strikes(name);
    const failures: string[] = [];
    for (const { index, fault } of all) {
      const problems = await broken(name, index, fault);
      failures.push(...problems.map((problem) => `call ${index}, ${fault.name}: ${problem}`));
    }
    const calls = new Set(all.map(({ index }) => index)).size;
    console.log(`${name}: ${all.length} runs, ${calls} calls, ${faults.length} kinds of faults`);
    expect(failures).toEqual([]);
  },
  extent === "all" ? 7_200_000 : 600_000,
);
