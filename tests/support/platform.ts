import { createHash } from "node:crypto";
import { join } from "node:path";

import { App } from "cdktf";
import { stringify } from "yaml";

import { loadPlatform } from "../../config/load";
import type { PlatformConfig } from "../../config/platform";
import { makeStacks } from "../../stacks/platform";

/** Terraform's JSON of a stack. */
export interface StackJson {
  readonly provider: Readonly<Record<string, readonly unknown[]>>;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: StackJson["resource"];
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
}

/** Config of an environment of this repository. Throws where it has problems. */
export function repositoryPlatform(environmentName = "sandbox"): PlatformConfig {
  const loaded = loadPlatform(join(__dirname, "..", ".."), environmentName);
  if (!loaded.ok) {
    throw new Error(loaded.problems.join("\n"));
  }
  return loaded.platform;
}

/** Terraform's JSON of every stack of an environment, by the stack's name without the environment's. */
export function synthesise(platform: PlatformConfig): ReadonlyMap<string, StackJson> {
  const stacks = [...makeStacks(new App(), platform)];
  for (const stack of stacks) {
    stack.prepareStack();
  }
  const prefix = `${platform.name}-`;
  return new Map(stacks.map((stack) => [stack.node.id.replace(prefix, ""), stack.toTerraform() as StackJson]));
}

/** A stack as people review it: YAML, without the paths that cdktf notes beside every resource, long texts abbreviated. */
export function readable(json: StackJson): string {
  const { terraform, provider, locals, data, resource, output } = withoutNotes(json) as StackJson;
  return stringify(
    { terraform, provider, locals, data, resource, output },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** Sources of workflows are read where they are written; what counts here is that a change of them shows. */
function abbreviated(text: string): string {
  const [first = ""] = text.split("\n");
  return `${first} (${text.length} characters, ${createHash("sha256").update(text).digest("hex").slice(0, 12)})`;
}

function withoutNotes(value: unknown): unknown {
  if (typeof value === "string" && value.length > 5_000) {
    return abbreviated(value);
  }
  if (Array.isArray(value)) {
    return value.map(withoutNotes);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([key]) => key !== "//");
    return Object.fromEntries(entries.map(([key, entry]) => [key, withoutNotes(entry)]));
  }
  return value;
}

/** Addresses of a stack's resources and data sources. */
export function addresses(json: StackJson): string[] {
  const of = (kind: StackJson["resource"] | undefined, prefix = "") =>
    Object.entries(kind ?? {}).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [...of(json.resource), ...of(json.data, "data.")].sort();
}
