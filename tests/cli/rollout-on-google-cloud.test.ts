import { renameSync } from "node:fs";
import { join } from "node:path";
import type * as Timers from "node:timers/promises";

import { rolloutCommand } from "../../tools/cli/commands/rollout";
import type { Decision } from "../../tools/rollout/journal";
import { LoopbackClient } from "../../tools/rollout/loopback-client";
import type { RolloutState } from "../../tools/rollout/state";
import { GoogleMachine } from "../rollout/support/google-machine";
import { type DefinedCall, validateRequest } from "../support/google-definitions";
import { permissionsOf, type RolloutCommand, rolloutPermissions } from "../support/rollout-permissions";
import { SmallSandbox } from "./support/small-sandbox";
import { uploadVersion } from "./support/upload-version";

// The commands look again every ten seconds; what answers here is quicker.
jest.mock("node:timers/promises", () => {
  const real = jest.requireActual<typeof Timers>("node:timers/promises");
  return { ...real, setTimeout: (millis: number) => real.setTimeout(Math.min(millis, 20)) };
});

const location = "projects/acme-ml/locations/europe-west4";
const image = `europe-west4-docker.pkg.dev/acme-ml/images/churn@sha256:${"0".repeat(64)}`;
const workflows = `/v1/${location}/workflows`;
const realFetch = globalThis.fetch;

interface Sent extends DefinedCall {
  readonly command: RolloutCommand;
  readonly authorization: string | null;
}

let machine: GoogleMachine;
let sandbox: SmallSandbox;
let loopback: LoopbackClient;
let running: RolloutCommand;
const sent: Sent[] = [];

/** Google Cloud on loopback: its APIs are the sandbox's, and an environment `dev` is in them. */
beforeAll(async () => {
  const stages = [{ share: 50, holdMinutes: 600, minimumSamples: 500, approval: true }];
  sandbox = await SmallSandbox.open({ stages, approvers: ["group:churn-ml@acme.example"], approvalMinutes: 10_000 });
  renameSync(join(sandbox.root, "environments/sandbox.yaml"), join(sandbox.root, "environments/dev.yaml"));
  loopback = new LoopbackClient(sandbox.url);
  machine = await GoogleMachine.open();
  jest.spyOn(globalThis, "fetch").mockImplementation((input, init = {}) => {
    const url = new URL(input as string);
    if (url.hostname === "127.0.0.1") {
      return realFetch(input, init);
    }
    const { host, pathname: path, search, searchParams: query } = url;
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    const authorization = new Headers(init.headers).get("authorization");
    sent.push({ command: running, authorization, method: init.method!, host, path, query, body });
    return realFetch(`${sandbox.url}/${host}${path}${search}`, init);
  });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await machine.close();
  await sandbox.close();
});

async function rollout(command: RolloutCommand, ...args: string[]): Promise<string> {
  running = command;
  const { output, error } = await sandbox.run(rolloutCommand(), command, "propensity", "--environment", "dev", ...args);
  expect(error).toBeUndefined();
  return output;
}

async function state(): Promise<RolloutState> {
  const object =
    "https://storage.googleapis.com/storage/v1/b/acme-ml-churn-rollouts/o/propensity%2Fstate.json?alt=media";
  return (await loopback.call("GET", object)) as RolloutState;
}

async function until(phase: string): Promise<RolloutState> {
  sandbox.runtime.clock.pace = 20_000;
  for (;;) {
    const now = await state();
    if (now.phase === phase && (phase !== "ask" || now.callback)) {
      sandbox.runtime.clock.pace = 1;
      return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("all five commands do on Google Cloud what they do in the sandbox", async () => {
  await uploadVersion(loopback, `${location}/models/churn-propensity`, image);
  expect(await rollout("start", "--wait")).toContain("Version 1 is being rolled out by ");

  await uploadVersion(loopback, `${location}/models/churn-propensity`, image);
  expect(await rollout("start")).toContain("after an approval by group:churn-ml@acme.example");
  expect((await until("ask")).actor).toBe(machine.account);
  expect(await rollout("status")).toContain("'mlp rollout approve churn/propensity' lets it go on with ");
  expect(await rollout("approve")).toMatch(/^Approved: version 2 goes on with /);
  await until("watch");
  sandbox.runtime.clock.pace = 20_000;
  expect(await rollout("rollback", "--reason", "complaints")).toBe(
    "churn/propensity: version 2 was rolled back, version 1 has all traffic again.",
  );

  const decisions = JSON.parse(await rollout("history", "--format", "json")) as Decision[];
  expect(decisions.find(({ action }) => action === "approve")!.actor).toBe(machine.account);
  expect(decisions.at(-1)).toMatchObject({ version: "2", action: "rolled-back" });
});

test("every call carries a token, and is valid by Google's definitions", () => {
  expect(sent.filter(({ authorization }) => !/^Bearer token-\d$/.test(authorization ?? ""))).toEqual([]);
  // An answer to a workflow's question may be anything: no definition has it.
  const defined = sent.filter(({ path }) => !path.includes("/callbacks/"));
  expect(defined.flatMap((call) => validateRequest(call))).toEqual([]);
  expect(sent.length - defined.length).toBe(1);
});

test("what each command asks for needs the permissions that its people are granted, and no others", () => {
  const needed = (command: RolloutCommand) => {
    const calls = sent.filter((call) => call.command === command);
    return [...new Set(calls.flatMap(({ method, host, path }) => permissionsOf(method, host, path)))].sort();
  };
  const commands = Object.keys(rolloutPermissions) as RolloutCommand[];
  expect(Object.fromEntries(commands.map((command) => [command, needed(command)]))).toEqual(rolloutPermissions);
});

test("what starts, answers and takes back names the model, and who did it", () => {
  const writes = sent.filter(({ method, host }) => method === "POST" && host.startsWith("workflowexecutions"));
  const actor = machine.account;
  expect(
    writes.map(({ command, path, body }) => {
      const { argument } = body as { argument?: string };
      return [
        command,
        path.replace(/[^/]+\/callbacks\/[^/]+$/, "E/callbacks/C"),
        argument ? JSON.parse(argument) : body,
      ];
    }),
  ).toEqual([
    ["start", `${workflows}/churn-rollout/executions`, { model: "propensity", version: "challenger", actor }],
    ["start", `${workflows}/churn-rollout/executions`, { model: "propensity", version: "challenger", actor }],
    ["approve", `${workflows}/churn-rollout/executions/E/callbacks/C`, { decision: "approve", actor }],
    ["rollback", `${workflows}/churn-rollback/executions`, { model: "propensity", reason: "complaints", actor }],
  ]);
});
