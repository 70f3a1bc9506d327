import pc from "picocolors";

import type { Decision, Measured } from "../rollout/journal";
import { nextLook } from "../rollout/schedule";
import type { EndpointState, Policy, RolloutState, Split } from "../rollout/state";

const width = 24;

/** Minutes as people say them: `45 min`, `6 h`, `1 d 6 h`. */
export function duration(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const parts = [
    [Math.floor(whole / 1440), "d"],
    [Math.floor(whole / 60) % 24, "h"],
    [whole % 60, "min"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.slice(0, 2).join(" ") || "0 min";
}

/** `2026-01-05 14:30` in UTC, as the journal has it. */
export function moment(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 16).replace("T", " ");
}

export function coloured(verdict: string): string {
  const paint = { pass: pc.green, fail: pc.red }[verdict] ?? pc.yellow;
  return paint(verdict);
}

/** A share of traffic as a bar. */
export function bar(percent: number): string {
  const full = Math.round((percent / 100) * width);
  return `${pc.cyan("█".repeat(full))}${pc.dim("░".repeat(width - full))}`;
}

/** What one version did: `1203 answers, 0.2 % 5xx, p95 112 ms`. */
export function measuredText({ samples, serverErrors, latencyP95 }: Measured): string {
  const share = samples === 0 ? "" : `, ${Number(((serverErrors / samples) * 100).toFixed(2))} % 5xx`;
  return `${samples} answers${share}${latencyP95 === null ? "" : `, p95 ${Math.round(latencyP95)} ms`}`;
}

/** The numbers of a decision, a line per version; nothing where it had none. */
export function evidenceLines({ evidence }: Decision): string[] {
  const { challenger, champion } = evidence ?? {};
  return [
    ...(challenger ? [`new  ${measuredText(challenger)}`] : []),
    ...(champion ? [`old  ${measuredText(champion)}`] : []),
  ];
}

/** A bar per version that is deployed. */
export function splitLines({ deployedModels = [], trafficSplit = {} }: EndpointState, state: RolloutState): string[] {
  if (deployedModels.length === 0) {
    return ["nothing is deployed"];
  }
  return deployedModels.map(({ id, modelVersionId = "?" }) => {
    const share = trafficSplit[id] ?? 0;
    const role = id === state.challenger && state.phase !== "done" ? "new" : id === state.champion ? "old" : "";
    return `version ${modelVersionId.padEnd(4)} ${bar(share)} ${String(share).padStart(3)} %  ${role}`.trimEnd();
  });
}

/** What networks connect to, a line each: nothing where the endpoint has an address of its own. */
export function attachmentLines({ deployedModels = [] }: EndpointState): string[] {
  const attachments = deployedModels.map(({ privateEndpoints }) => privateEndpoints?.serviceAttachment);
  return [...new Set(attachments)].filter((name) => name !== undefined);
}

/** A split in one line: `version 1 90 %, version 2 10 %`. */
export function splitText(split: Split, endpoint: EndpointState): string {
  const versions = new Map((endpoint.deployedModels ?? []).map(({ id, modelVersionId }) => [id, modelVersionId]));
  const shares = Object.entries(split).filter(([, share]) => share > 0);
  return shares.map(([id, share]) => `version ${versions.get(id) ?? id} ${share} %`).join(", ") || "no traffic";
}

/** One decision in one line. */
export function decisionText({ decidedAt, version, action, verdict, reason }: Decision): string {
  const what = [action, ...(verdict === null ? [] : [coloured(verdict)])].join(" ");
  return `${pc.dim(decidedAt.slice(0, 16).replace("T", " "))}  version ${version}  ${what}${reason ? `: ${reason}` : ""}`;
}

/** Where a rollout is: `watch, stage 2 of 3 (50 %)`. */
export function phaseText({ phase, stage = 0 }: RolloutState, { stages }: Policy): string {
  const staged = ["shift", "watch", "ask"].includes(phase);
  return staged ? `${phase}, stage ${stage + 1} of ${stages.length} (${stages[stage]!.share} %)` : phase;
}

/** When the next look is due, and how long that is from `now`, both in seconds. */
export function nextLookText(policy: Policy, state: RolloutState, now: number): string | undefined {
  const due = nextLook(policy, state);
  return due === undefined ? undefined : `${moment(due)} (in ${duration((due - now) / 60)})`;
}
