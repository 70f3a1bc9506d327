import { setTimeout as wait } from "node:timers/promises";

import pc from "picocolors";

import type { CloudClient } from "../../rollout/cloud-client";
import type { TeamNames } from "../../rollout/names";
import type { Registry } from "../../rollout/registry";
import type { Rollouts } from "../../rollout/rollouts";
import { train } from "../../rollout/stand-in-training";
import { isActive, type Policy, type RolloutState } from "../../rollout/state";
import { coloured, duration, moment, splitLines } from "../rollout-text";
import { UserError } from "../user-error";
import { decisionLines } from "./decision-lines";
import type { LiveScreen } from "./live-screen";

/** How a rollout of the demo went. */
export interface Chapter {
  readonly version: string;
  readonly outcome: string;
  readonly reason: string;
  /** Simulated. */
  readonly minutes: number;
  readonly decisions: number;
}

export interface StoryOptions {
  readonly client: CloudClient;
  readonly rollouts: Rollouts;
  readonly registry: Registry;
  readonly names: TeamNames;
  readonly model: string;
  readonly policy: Policy;
  readonly screen: LiveScreen;
  readonly setPace: (pace: number) => void;
}

/** Simulated seconds per real one: stages go by slowly enough to be watched, and the day after them quickly. */
const paces = { deploy: 900, watch: 3_600, bake: 40_000 };

/** Tells rollouts as they happen. */
export class Story {
  private readonly told = new Set<string>();

  constructor(private readonly options: StoryOptions) {}

  /** Trains a version, registers it and rolls it out to whatever end; the owners approve when they are asked. */
  async rollOut(traffic?: object): Promise<Chapter> {
    const { client, rollouts, policy, screen, setPace } = this.options;
    setPace(paces.deploy);
    const version = await this.register();
    if (traffic) {
      await client.call("PUT", `https://sandbox/v1/${policy.endpoint}/traffic`, traffic);
    }
    const first = await rollouts.start({ version, actor: "demo", override: false });
    const startedAt = first.startedAt!;
    let state = first;
    for (; ; state = await rollouts.change(state)) {
      setPace(state.phase === "bake" ? paces.bake : state.phase === "deploy" ? paces.deploy : paces.watch);
      await this.tell(state);
      if (state.phase === "ask" && state.callback) {
        screen.print(
          pc.yellow(`  ${" ".repeat(18)}the owners are asked about ${state.asksFor!}, look at it and approve`),
        );
        await this.pause();
        await rollouts.approve(state, "owners");
      }
      if (!isActive(state) || state.phase === "held") {
        break;
      }
    }
    screen.show("");
    const decisions = (await rollouts.history(500)).filter(({ rollout }) => rollout === state.id);
    const minutes = (client.now() / 1_000 - startedAt) / 60;
    return { version, outcome: state.phase, reason: state.reason ?? "", minutes, decisions: decisions.length };
  }

  /** Takes a version through the gates, and answers its number. */
  private async register(): Promise<string> {
    const { client, registry, names, model, policy, screen } = this.options;
    const trained = await train(client, names, { model, policy, actor: "demo" });
    screen.print(`  a training has written ${trained.artifactUri}`);
    const registration = await registry.register(trained);
    const { version, outcome, reason } = registration;
    if (outcome === "waits") {
      screen.print(
        pc.yellow(`  ${" ".repeat(18)}the owners are asked about version ${version}, look at it and approve`),
      );
      await registry.approve(model, registration, "owners");
    }
    for (const { action, verdict, reason: why } of await registry.judgements(model, version)) {
      if (action.startsWith("gate: ")) {
        screen.print(`  ${" ".repeat(18)}${coloured(verdict ?? "")}  ${pc.dim(why ?? "")}`);
      }
    }
    if (outcome === "refused") {
      throw new UserError(reason!);
    }
    screen.print(`  version ${version} is in the registry, as the challenger`);
    return version;
  }

  private async tell(state: RolloutState): Promise<void> {
    const { client, rollouts, policy, screen } = this.options;
    const endpoint = await rollouts.endpoint(policy);
    for (const decision of (await rollouts.history(200)).filter(({ decisionId }) => !this.told.has(decisionId))) {
      this.told.add(decision.decisionId);
      decisionLines(decision, state).forEach((line) => {
        screen.print(line);
      });
      if (decision.splitAfter && ["shift", "rollback"].includes(decision.action)) {
        splitLines({ ...endpoint, trafficSplit: decision.splitAfter }, state).forEach((line) => {
          screen.print(`  ${" ".repeat(18)}${line}`);
        });
      }
    }
    screen.show(pc.dim(`  ${moment(client.now() / 1_000)}  ${state.phase} ...`));
  }

  /** A moment in which people read. */
  private async pause(): Promise<void> {
    await wait(this.options.screen.isLive ? 1_500 : 0);
  }
}

/** What became of the versions, one line each. */
export function summaryRow({ version, outcome, reason, minutes, decisions }: Chapter): string[] {
  const result = outcome === "done" ? pc.green("in place") : pc.red(outcome);
  return [version, result, duration(minutes), String(decisions), outcome === "done" ? "" : reason];
}
