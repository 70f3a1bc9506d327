import { statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { parseJson } from "../../policies/arguments";
import { sha256 } from "../delivery/digest";
import {
  planSetDigest,
  planSetFile,
  readPlanSet,
  stackFiles,
  type PlanSet,
  type StackPlan,
} from "../delivery/plan-set";
import { UserError } from "../cli/user-error";
import { ConstructPaths } from "./construct-paths";
import { isPlanFile, readIfThere, readPlanJson } from "./plan/read";
import type { StackInput } from "./review-plans";

/** What is to be reviewed. */
export interface ReviewInputs {
  readonly stacks: readonly StackInput[];
  /** The folder of plans, where there is exactly one. */
  readonly set?: PlanSet;
  readonly planSetDigest?: string;
}

/** Prints a plan file as JSON, as `terraform show -json` does. Throws a `UserError` where Terraform does not. */
export type ShowPlan = (file: string) => Promise<Buffer>;

/**
 * Reads folders of plans, plan files, and what `terraform show -json` printed. What cannot be read is a stack whose review fails,
 * so that it is never taken for one without changes. Throws a `UserError` where two plans are of one stack.
 */
export async function readInputs(paths: readonly string[], show: ShowPlan): Promise<ReviewInputs> {
  const read: { readonly stacks: readonly StackInput[]; readonly set?: PlanSet }[] = [];
  for (const path of paths) {
    read.push(isFolder(path) ? await readFolder(path) : { stacks: [await readFile(path, stackOf(path), show)] });
  }
  const stacks = read.flatMap((each) => each.stacks);
  const twice = stacks.find(({ name }, index) => stacks.findIndex((other) => other.name === name) !== index);
  if (twice) {
    throw new UserError(
      `two plans of the stack '${twice.name}': give each stack's plan once, its file named after the stack or in a folder that is`,
    );
  }
  const [only, ...others] = read;
  return only?.set && others.length === 0
    ? { stacks, set: only.set, planSetDigest: planSetDigest(only.set) }
    : { stacks };
}

async function readFolder(folder: string): Promise<{ stacks: StackInput[]; set: PlanSet }> {
  const set = readPlanSet(folder);
  const stacks: StackInput[] = [];
  for (const stack of set.stacks) {
    stacks.push(readStack(join(folder, stack.name), stack));
  }
  return { stacks, set };
}

function readStack(folder: string, { name, status, error, jsonSha256 }: StackPlan): StackInput {
  if (status === "failed") {
    return { name, failure: { status: "failed", error: error ?? "Terraform said nothing" } };
  }
  const file = join(folder, stackFiles.json);
  return planOf(name, file, (content) => {
    if (sha256(content) !== jsonSha256) {
      throw new UserError(`${file} is not what ${planSetFile} says: it was changed since; run 'mlp plan' again`);
    }
    return content;
  });
}

async function readFile(path: string, name: string, show: ShowPlan): Promise<StackInput> {
  const content = readIfThere(path);
  if (content !== undefined && isPlanFile(content)) {
    try {
      const json = await show(path);
      return planOf(name, path, () => json);
    } catch (error) {
      return failed(name, error);
    }
  }
  return planOf(name, path, (same) => same);
}

function planOf(name: string, file: string, check: (content: Buffer) => Buffer): StackInput {
  try {
    const content = readIfThere(file);
    if (content === undefined) {
      return { name, failure: { status: "missing", error: `there is no ${file}: the plan was not made, or failed` } };
    }
    return { name, plan: readPlanJson(file, check(content)), constructs: constructsBeside(file) };
  } catch (error) {
    return failed(name, error);
  }
}

function failed(name: string, error: unknown): StackInput {
  if (error instanceof UserError) {
    return { name, failure: { status: "failed", error: error.message } };
  }
  throw error;
}

/** Construct paths, where the stack's Terraform is in the same folder. */
function constructsBeside(file: string): ConstructPaths {
  return new ConstructPaths(parseJson(readIfThere(join(dirname(file), stackFiles.config))?.toString()));
}

/** A file is named after its stack, or stands in a folder that is. */
function stackOf(path: string): string {
  const name = basename(path).replace(/\.(json|tfplan|plan)$/, "");
  return ["plan", "tfplan"].includes(name) ? basename(dirname(resolve(path))) : name;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
