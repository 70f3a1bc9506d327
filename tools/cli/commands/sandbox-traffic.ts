import type { Command } from "commander";
import { InvalidArgumentError } from "commander";

import type { TrafficProfile } from "../../sandbox/apis/traffic";
import { modelCommand } from "../rollout-command";
import type { RolloutTarget } from "../rollout-target";
import { UserError } from "../user-error";

interface TrafficOptions {
  readonly rps?: number;
  readonly errors?: Readonly<Record<string, number>>;
  readonly latency?: Readonly<Record<string, number>>;
  readonly outcomes?: Readonly<Record<string, number>>;
  readonly outcomesTable?: string;
  readonly stop?: boolean;
}

export function trafficCommand(): Command {
  return modelCommand<TrafficOptions>(
    "traffic",
    "let people who are not there call a model in the sandbox; without options, show how it is called",
    (command) =>
      command
        .option("--rps <number>", "requests a second", rateOf)
        .option(
          "--errors <who=percent>",
          "share of 5xx: of an alias, a version or '*', such as challenger=2%",
          errorsOf,
        )
        .option("--latency <who=ms>", "milliseconds on top of the usual latency, such as challenger=+80ms", latencyOf)
        .option("--outcomes <who=percent>", "share of people with the outcome that a business query counts", errorsOf)
        .option("--outcomes-table <table>", "project.dataset.table that outcomes are written to")
        .option("--stop", "nobody calls it any more"),
    traffic,
  ).summary("let people who are not there call a model");
}

async function traffic(target: RolloutTarget, options: TrafficOptions): Promise<void> {
  const { client, rollouts, environment, team, model } = target;
  if (environment !== "sandbox") {
    throw new UserError(`traffic is simulated in the sandbox alone, got the environment '${environment}'`);
  }
  const { endpoint } = await rollouts.policy();
  const url = `https://sandbox/v1/${endpoint}/traffic`;
  if (options.stop) {
    await client.call("DELETE", url);
    console.log(`Nobody calls ${team}/${model} any more.`);
    return;
  }
  const before = (await client.call("GET", url)) as Partial<TrafficProfile>;
  const profile = { ...before, ...changes(options, before) };
  if (JSON.stringify(profile) !== JSON.stringify(before)) {
    await client.call("PUT", url, { rps: 10, ...profile });
  }
  const after = (await client.call("GET", url)) as Partial<TrafficProfile>;
  console.log(`${team}/${model}: ${profileText(after)}`);
}

function changes(options: TrafficOptions, before: Partial<TrafficProfile>): Partial<TrafficProfile> | object {
  const { rps, errors, latency, outcomes, outcomesTable: table = before.outcome?.table } = options;
  if (outcomes && table === undefined) {
    throw new UserError("'--outcomes' needs '--outcomes-table', such as acme-ml-sandbox.churn_raw.outcomes");
  }
  return {
    ...(rps !== undefined && { rps }),
    ...(errors && { errors: { ...before.errors, ...errors } }),
    ...(latency && { latency: { ...before.latency, ...latency } }),
    ...(outcomes && { outcome: { ...before.outcome, table, rates: { ...before.outcome?.rates, ...outcomes } } }),
  };
}

function profileText({ rps, errors = {}, latency = {}, outcome }: Partial<TrafficProfile>): string {
  if (rps === undefined) {
    return "nobody calls it; '--rps 50' lets somebody";
  }
  const list = (values: Readonly<Record<string, number>>, show: (value: number) => string) =>
    Object.entries(values)
      .map(([who, value]) => `${who} ${show(value)}`)
      .join(", ");
  const percent = (share: number) => `${Number((share * 100).toFixed(3))} %`;
  return [
    `${rps} requests a second`,
    ...(Object.keys(errors).length > 0 ? [`5xx: ${list(errors, percent)}`] : []),
    ...(Object.keys(latency).length > 0 ? [`latency: ${list(latency, (ms) => `+${ms} ms`)}`] : []),
    ...(outcome ? [`outcomes in ${outcome.table}: ${list(outcome.rates, percent)}`] : []),
  ].join("; ");
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (!(rate >= 0 && rate <= 100_000)) {
    throw new InvalidArgumentError("It must be a number from 0 to 100000.");
  }
  return rate;
}

function errorsOf(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const [, who, percent] = /^([\w*-]+)=(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (who === undefined || Number(percent) > 100) {
    throw new InvalidArgumentError("It must be WHO=PERCENT%, such as challenger=2% or '*=0.5%'.");
  }
  return { ...before, [who]: Number(percent) / 100 };
}

function latencyOf(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const [, who, milliseconds] = /^([\w*-]+)=\+?(\d+)ms$/.exec(text) ?? [];
  if (who === undefined) {
    throw new InvalidArgumentError("It must be WHO=+MILLISECONDSms, such as challenger=+80ms.");
  }
  return { ...before, [who]: Number(milliseconds) };
}
