import { approve, begin, cases, type FaultCase, prepare, start, withBusiness } from "./support/fault-cases";
import { type CallFault, faults } from "./support/faults";
import { brokenAtEnd, brokenNow, ends, missingRows, promotedBlindly, type Split, textOf } from "./support/invariants";
import { settle } from "./support/registry";
import type { Stage, WorkflowCall } from "./support/stage";

/**
 * How much is struck. `kinds`: the first call of every kind in every phase, with every fault. `all`: every call. By default a quarter of
 * `kinds`, so that the suite stays short.
 */
const extent = process.env["FAULTS"] ?? "sample";

/** How often a call of one kind is struck in one phase. */
const most = extent === "all" ? Infinity : 1;

const kindOf = ({ request }: WorkflowCall) =>
  `${request.method} ${new URL(request.url).pathname.replaceAll(/\d+/g, "N")}`;

/** Starts the subject of the case, or what is given, and lets it come to an end, with somebody who approves where the case has one. */
async function play(subject: FaultCase, stage: Stage, go: () => void = () => begin(subject, stage)): Promise<void> {
  let over = false;
  const person = subject.approves ? approve(stage, () => over) : undefined;
  go();
  await settle(stage);
  over = true;
  await person;
}

/** Indexes of the calls of an undisturbed run that are struck, each with the fault that fits. */
async function strikes(subject: FaultCase): Promise<{ readonly index: number; readonly fault: CallFault }[]> {
  const stage = await prepare(subject);
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
    if (subject.struck?.(call, phase) ?? true) {
      seen.set(key, (seen.get(key) ?? 0) + 1);
      if (seen.get(key)! <= most) {
        const at = index;
        found.push(...faults.filter(({ fits = () => true }) => fits(call)).map((fault) => ({ index: at, fault })));
      }
    }
    index += 1;
    return withBusiness(call).proceed();
  };
  await play(subject, stage);
  return extent === "sample" ? found.filter((_, index) => index % 4 === 0) : found;
}

/** Runs the case with one fault, then does what a person would; says what does not hold. */
async function broken(subject: FaultCase, index: number, fault: CallFault): Promise<string[]> {
  const stage = await prepare(subject);
  const problems: string[] = [];
  const splits: Split[] = [];
  let calls = 0;
  let backs = 0;
  const [old] = Object.keys(stage.peek().deployed);
  const before = textOf(old === undefined ? {} : { [old]: 100 });
  stage.intercept = async (call) => {
    const struck = calls++ === index;
    const { split } = stage.peek();
    try {
      return await (struck ? fault.strike(withBusiness(call), stage) : withBusiness(call).proceed());
    } finally {
      const now = stage.peek().split;
      if (call.request.method === "PATCH" && textOf(now) !== textOf(split) && !(struck && fault.byHand)) {
        splits.push(now);
        backs += textOf(now) === before ? 1 : 0;
        problems.push(...promotedBlindly(stage, subject, split, now));
      }
      problems.push(...brokenNow(stage, subject));
    }
  };
  await play(subject, stage);
  for (let tries = 0; tries < 4; tries++) {
    const state = (await stage.state().catch(() => ({}))) as { phase?: string; version?: string; split?: Split };
    if (ends.includes(state.phase ?? "none")) {
      break;
    }
    stage.apis.faults.clear();
    if (state.phase === "held") {
      problems.push(...(fault.byHand ? [] : ["it was held although nobody changed the split"]));
      await stage.setSplit({ ...state.split });
    }
    const goesBack = subject.subject !== undefined && state.phase !== "held";
    await play(subject, stage, () =>
      goesBack
        ? stage.start("rollback", { model: "propensity", actor: "anna" })
        : stage.start("rollout", { ...start, version: state.version ?? start.version }),
    );
  }
  const rollouts = stage.journal.filter(({ action }) => action === "start").length;
  return [
    ...new Set([
      ...problems,
      ...(backs > rollouts && !fault.byHand ? [`traffic went back ${backs} times in ${rollouts} rollouts`] : []),
      ...missingRows(stage, splits),
      ...(await brokenAtEnd(stage, subject, fault)),
    ]),
  ];
}

test.each(Object.entries(cases))(
  "whatever goes wrong at whichever call, %s ends well",
  async (name, subject) => {
    const all = await strikes(subject);
    const failures: string[] = [];
    for (const { index, fault } of all) {
      const problems = await broken(subject, index, fault);
      failures.push(...problems.map((problem) => `call ${index}, ${fault.name}: ${problem}`));
    }
    const calls = new Set(all.map(({ index }) => index)).size;
    console.log(`${name}: ${all.length} runs, ${calls} calls, ${faults.length} kinds of faults`);
    expect(failures).toEqual([]);
  },
  extent === "all" ? 7_200_000 : 600_000,
);
