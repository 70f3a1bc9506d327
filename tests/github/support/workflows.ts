import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

const folder = join(__dirname, "..", "..", "..", ".github");

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "timeout-minutes"?: number;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly runs: { readonly steps: readonly Step[] };
}

/** Every workflow by the name of its file. */
export const workflows: Readonly<Record<string, Workflow>> = Object.fromEntries(
  readdirSync(join(folder, "workflows")).map((file) => [file, parse(read("workflows", file)) as Workflow]),
);

/** Every composite action by the name of its folder. */
export const actions: Readonly<Record<string, Action>> = Object.fromEntries(
  readdirSync(join(folder, "actions")).map((name) => [name, parse(read("actions", name, "action.yml")) as Action]),
);

/** Every step with where it is. */
export const steps: readonly (readonly [string, Step])[] = [
  ...Object.entries(workflows).flatMap(([file, { jobs }]) =>
    Object.entries(jobs).flatMap(([job, { steps: own = [] }]) => own.map((step) => [`${file} ${job}`, step] as const)),
  ),
  ...Object.entries(actions).flatMap(([name, { runs }]) => runs.steps.map((step) => [name, step] as const)),
];

/** Lines of all files that name an action or a reusable workflow. */
export const usesLines: readonly string[] = [
  ...Object.keys(workflows).map((file) => read("workflows", file)),
  ...Object.keys(actions).map((name) => read("actions", name, "action.yml")),
].flatMap((text) => text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line)));

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), "utf8");
}
