import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

import { type PlannedResource, resourcesOf } from "./planned-resource";

/** Plans that the real provider made, and what it made them of. They are not part of the project. */
export interface RealPlans {
  /** Names of the configurations. */
  readonly names: readonly string[];
  /** Terraform files of a configuration. */
  files(name: string): readonly string[];
  /** What `terraform show -json` said of a plan. */
  read(name: string): unknown;
  /** What the real provider planned, by address. */
  planOf(name: string): ReadonlyMap<string, PlannedResource>;
}

/** Looks where `MLP_REAL_PLANS` says, then beside the project and above; `undefined` where there are none. */
export function findRealPlans(): RealPlans | undefined {
  const folder = process.env["MLP_REAL_PLANS"] ?? above(resolve(__dirname, "../../.."));
  const examples = folder && join(folder, "../../examples");
  if (!folder || !examples || !existsSync(examples)) {
    return undefined;
  }
  const suffix = ".json.gz";
  const textOf = (name: string) => gunzipSync(readFileSync(join(folder, name + suffix))).toString("utf8");
  return {
    names: readdirSync(folder)
      .filter((file) => file.endsWith(suffix))
      .map((file) => file.slice(0, -suffix.length)),
    files: (name) => [join(examples, "common.tf"), join(examples, `${name}.tf`)],
    read: (name) => JSON.parse(textOf(name)) as unknown,
    planOf: (name) => resourcesOf(textOf(name)),
  };
}

function above(folder: string): string | undefined {
  const candidate = join(folder, "shared", "data", "real-plans");
  if (existsSync(candidate)) {
    return candidate;
  }
  return dirname(folder) === folder ? undefined : above(dirname(folder));
}
