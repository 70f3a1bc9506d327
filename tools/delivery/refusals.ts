import { join } from "node:path";

import type { Terraform } from "../cli/terraform";
import type { Commit } from "./commit";
import { fileSha256 } from "./digest";
import { type PlanSet, planSetDigest, stackFiles, type StackPlan } from "./plan-set";

/** What plans are to be applied with. */
export interface ApplyConditions {
  /** Folder of the plans. */
  readonly folder: string;
  /** Digest that was approved. */
  readonly digest: string;
  readonly terraform: Terraform;
  readonly commit: Commit;
  /** SHA-256 of the project's lock file of providers; nothing where it keeps none. */
  readonly lockSha256?: string | undefined;
  /** Environment that the caller works on; nothing where none was said. */
  readonly environment?: string | undefined;
  /** Whether changes that no commit holds are fine. */
  readonly allowUncommitted?: boolean | undefined;
}

/** Why plans must not be applied, a line each, with what to do; none where they are what was approved. */
export function refusals(set: PlanSet, conditions: ApplyConditions): string[] {
  const digest = planSetDigest(set);
  if (digest !== conditions.digest) {
    return [
      `the plans in ${conditions.folder} have the digest ${digest}, and ${conditions.digest} was approved: review these ('mlp review ${conditions.folder}'), or name the folder whose review was approved`,
    ];
  }
  return [
    ...wrongEnvironment(set, conditions),
    ...wrongTerraform(set, conditions),
    ...wrongCommit(set, conditions),
    ...wrongLock(set, conditions),
    ...set.stacks.flatMap((stack) => [...failedPlan(stack), ...wrongFiles(stack, conditions)]),
  ];
}

function wrongEnvironment(set: PlanSet, { environment }: ApplyConditions): string[] {
  return environment === undefined || environment === set.environment
    ? []
    : [`the plans are of environment '${set.environment}', and this is '${environment}': name the folder of its plans`];
}

function wrongTerraform({ terraform }: PlanSet, conditions: ApplyConditions): string[] {
  const here = conditions.terraform;
  return here.version === terraform.version
    ? []
    : [
        `the plans were made by ${terraform.command} ${terraform.version}, and this is ${here.command} ${here.version}: install ${terraform.version}, or plan again and have that reviewed`,
      ];
}

function wrongCommit(set: PlanSet, { commit: here, allowUncommitted = false }: ApplyConditions): string[] {
  if (set.commit !== here.commit) {
    return [
      `the plans were made of ${set.commit === null ? "a folder outside of git" : `commit ${set.commit}`}, and ${here.commit === null ? "this is outside of git" : `${here.commit} is checked out`}: check that commit out, or plan again and have that reviewed`,
    ];
  }
  if (allowUncommitted) {
    return [];
  }
  return [
    ...(set.clean
      ? []
      : [
          "the plans were made with changes that no commit holds: commit them, plan again and have that reviewed; where nobody else is to know them, add --allow-uncommitted",
        ]),
    ...(here.clean || !set.clean
      ? []
      : [
          "files have changed since the commit that was planned: commit or undo what 'git status' shows; where that does not matter, add --allow-uncommitted",
        ]),
  ];
}

function wrongLock({ lockSha256: planned }: PlanSet, { lockSha256: here }: ApplyConditions): string[] {
  if (planned === here) {
    return [];
  }
  const file = stackFiles.lock;
  const difference =
    planned === undefined
      ? `without a ${file} of the project, which has one now`
      : here === undefined
        ? `with the project's ${file}, which is gone`
        : `with another ${file} than the project has now`;
  return [`the plans were made ${difference}: plan again and have that reviewed`];
}

function failedPlan({ name, status }: StackPlan): string[] {
  return status === "failed"
    ? [`the plan of ${name} failed: mend what 'mlp plan ${name}' says, then plan all again and have that reviewed`]
    : [];
}

function wrongFiles(
  { name, planSha256, jsonSha256, configSha256, lockSha256 }: StackPlan,
  conditions: ApplyConditions,
): string[] {
  const files: [string, string | undefined][] = [
    [stackFiles.plan, planSha256],
    [stackFiles.json, jsonSha256],
    [stackFiles.config, configSha256],
    [stackFiles.lock, lockSha256],
  ];
  return files.flatMap(([file, approved]) => {
    const path = join(conditions.folder, name, file);
    const found = fileSha256(path);
    return found === approved
      ? []
      : [
          `${path} is not the file that was approved: its SHA-256 is ${found ?? "that of no file"}, approved was ${approved ?? "none"}; fetch the plans again, or plan again and have that reviewed`,
        ];
  });
}
