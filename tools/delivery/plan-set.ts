import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { UserError } from "../cli/user-error";
import { canonicalJson } from "./canonical-json";
import { sha256 } from "./digest";
import { jsonProblem } from "./json-problem";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex");

/** Becomes a folder and a file's name: never a path. */
const stackName = z.string().regex(/^\w[\w.-]*$/, "must be the name of a stack");

const stackPlan = z.object({
  name: stackName,
  /** Names of the stacks that are applied before, also of those that were not planned. */
  dependencies: z.array(stackName),
  status: z.enum(["planned", "unchanged", "failed"]),
  planSha256: digest.optional(),
  jsonSha256: digest.optional(),
  lockSha256: digest.optional(),
  configSha256: digest,
  /** What Terraform said of a failed plan, as it said it: redact before it is shown to others. */
  error: z.string().optional(),
});

const planSet = z.object({
  format: z.literal(1),
  environment: z.string(),
  /** Commit that was planned; null outside of git. */
  commit: z.string().nullable(),
  /** Whether nothing was changed since that commit. */
  clean: z.boolean(),
  createdAt: z.iso.datetime(),
  terraform: z.object({ command: z.string(), version: z.string() }),
  /** Of the project's own lock file of providers; absent where it kept none. */
  lockSha256: digest.optional(),
  /** Each after those it depends on. */
  stacks: z.array(stackPlan),
});

/** What came of planning one stack. */
export type StackPlan = Readonly<z.infer<typeof stackPlan>>;

/** A folder of plans, as its `plans.json` describes it. */
export type PlanSet = Readonly<z.infer<typeof planSet>>;

export const planSetFile = "plans.json";

/** Files of a stack in its folder below the plans. */
export const stackFiles = {
  plan: "plan.tfplan",
  /** What `terraform show -json` says of the plan: it can be read without the providers. */
  json: "plan.json",
  config: "cdk.tf.json",
  lock: ".terraform.lock.hcl",
} as const;

export function writePlanSet(folder: string, set: PlanSet): void {
  writeFileSync(join(folder, planSetFile), `${JSON.stringify(set, null, 2)}\n`, { mode: 0o600 });
}

/** Throws a `UserError` where the folder holds no plans, or its `plans.json` is not one that `mlp plan` wrote. */
export function readPlanSet(folder: string): PlanSet {
  const file = join(folder, planSetFile);
  if (!existsSync(file)) {
    throw new UserError(`no ${planSetFile} in ${folder}: run 'mlp plan' first, or name the folder that it wrote`);
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(`${file} is not whole: ${jsonProblem(error)}; run 'mlp plan' again`);
  }
  const format = (content as { format?: unknown } | null)?.format;
  if (format !== undefined && format !== 1) {
    throw new UserError(`${file} must have format 1, got ${JSON.stringify(format)}: plan with this version of mlp`);
  }
  const parsed = planSet.safeParse(content);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join(".") || "the whole file"}: ${message}`,
    );
    throw new UserError([`${file} is not what 'mlp plan' writes: run it again`, ...problems].join("\n"));
  }
  return parsed.data;
}

/** What a reviewer approves: it changes with every plan file, lock file and configuration, and with the commit. */
export function planSetDigest(set: PlanSet): string {
  return sha256(canonicalJson({ ...set, createdAt: undefined }));
}
