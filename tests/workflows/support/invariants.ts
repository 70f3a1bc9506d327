import type { FaultCase, Stages } from "./fault-cases";
import type { CallFault } from "./faults";
import type { Stage } from "./stage";

export type Split = Readonly<Record<string, number>>;

/** Ends that are declared: everything else is somebody's to go on from. */
export const ends = ["done", "rolled-back"];

/** The share of every deployed model that has one, in one order. */
export const textOf = (split: Split): string =>
  JSON.stringify(
    Object.entries(split)
      .filter(([, share]) => share > 0)
      .sort(),
  );

/** What must hold of the endpoint at any time. */
export function brokenNow(stage: Stage, { first = false }: FaultCase): string[] {
  const { split, deployed } = stage.peek();
  const shares = Object.values(split);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const mayBeEmpty = first && shares.length === 0;
  return [
    ...(total !== 100 && !mayBeEmpty ? [`the split sums to ${total}`] : []),
    ...Object.keys(split)
      .filter((id) => !(id in deployed))
      .map((id) => `the split names ${id}, which is not deployed`),
  ];
}

/** Whether the newest version got more traffic without a look of its own that passed at its stage, or a person's word. */
export function promotedBlindly(stage: Stage, { policy }: FaultCase, old: Split, now: Split): string[] {
  const { deployed } = stage.peek();
  const [[young, newest]] = Object.entries(deployed).sort(([, a], [, b]) => Number(b) - Number(a)) as [
    [string, string],
  ];
  const [from, to] = [old[young] ?? 0, now[young] ?? 0];
  if (to <= from || Object.keys(old).length === 0) {
    return [];
  }
  const stages = policy["stages"] as Stages;
  const target = stages.find(({ share }) => share === to);
  const source = stages.find(({ share }) => share === from);
  const rows = stage.journal.filter(({ version }) => version === newest);
  const since = rows.slice(rows.findLastIndex(({ action }) => action === (from === 0 ? "start" : "shift")) + 1);
  const has = (...actions: string[]) => since.some(({ action }) => actions.includes(action));
  const passed = since.some(({ action, verdict, evidence }) => {
    const { challenger } = (JSON.parse(evidence) ?? {}) as { challenger?: { samples: number } };
    return (
      action === "look" && verdict === "pass" && (challenger?.samples ?? 0) >= (source?.minimumSamples ?? Infinity)
    );
  });
  const allowed = has("approve") || (target?.approval === false && (from === 0 ? has("ready") : passed));
  return allowed ? [] : [`version ${newest} went from ${from} to ${to} % without a look that passed`];
}

/** What must hold when all is over. */
export async function brokenAtEnd(stage: Stage, { errors, subject }: FaultCase, fault: CallFault): Promise<string[]> {
  const { split, deployed } = stage.peek();
  const state = await stage.state().catch((): Record<string, unknown> => ({ phase: "none" }));
  const { phase, champion, challenger, reason } = state as Record<string, string>;
  const expected = phase === "done" ? { [challenger!]: 100 } : champion ? { [champion]: 100 } : {};
  const versions = Object.values(deployed);
  const rolledBack = subject !== undefined && !fault.startsRollout;
  return [
    ...(ends.includes(phase!) ? [] : [`it ended in phase ${phase!}: ${reason}`]),
    ...(textOf(split) === textOf(expected) ? [] : [`it is ${phase!}, and the split is ${JSON.stringify(split)}`]),
    ...(versions.length === Object.keys(expected).length
      ? []
      : [`versions ${versions.join()} are deployed at the end`]),
    ...(errors > 0.1 && versions.includes("2") ? ["a bad version was promoted"] : []),
    ...(rolledBack && phase !== "rolled-back" ? [`it was to be rolled back, and is ${phase!}`] : []),
  ];
}

/** What the journal lacks: every split that was set has a row. */
export function missingRows(stage: Stage, splits: readonly Split[]): string[] {
  const journalled = new Set(stage.journal.map(({ split_after }) => textOf((JSON.parse(split_after) ?? {}) as Split)));
  return splits
    .filter((split) => !journalled.has(textOf(split)))
    .map((split) => `no row of the journal has the split ${JSON.stringify(split)}`);
}
