import pc from "picocolors";

import type { Decision } from "../../rollout/journal";
import type { RolloutState } from "../../rollout/state";
import { coloured, evidenceLines } from "../rollout-text";

const words: Readonly<Record<string, string>> = {
  start: "the rollout begins",
  deploy: "deploys it without traffic",
  ready: "it is up",
  shift: "moves traffic",
  look: "looks",
  bake: "the old version was kept warm for long enough",
  finish: "takes the old version down",
  "give-up": "gives up",
  rollback: "gives the old version its traffic back, in one patch",
  "rolled-back": "takes the new version down",
  "take-over": "the watchdog takes over",
  approve: "the owners approve",
};

/** What is different where no version was there before. */
const firstWords: Readonly<Record<string, string>> = {
  finish: "it serves, and there is no old version to take down",
  rollback: "there is no old version to give traffic back to",
};

/** Reasons that say no more than the words. */
const obvious = ["bake", "approve", "rolled-back"];

/** A decision for people who watch; those that only prepare the next one are left out. */
export function decisionLines(decision: Decision, { championVersion = "" }: RolloutState): string[] {
  const { action, verdict, reason, decidedAt, workflow } = decision;
  const known = championVersion === "" ? { ...words, ...firstWords } : words;
  const word = workflow.endsWith("-stream") ? undefined : known[action];
  if (word === undefined) {
    return [];
  }
  const time = pc.dim(decidedAt.slice(0, 16).replace("T", " "));
  const said = action === "look" && verdict !== null ? `${word}: ${coloured(verdict)}` : word;
  const why = reason && !obvious.includes(action) ? `, ${reason}` : "";
  return [
    `  ${time}  ${said}${why}`,
    ...(["look", "give-up"].includes(action)
      ? evidenceLines(decision).map((line) => `  ${" ".repeat(18)}${pc.dim(line)}`)
      : []),
  ];
}
