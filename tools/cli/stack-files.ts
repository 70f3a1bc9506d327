import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Finding, NamedJson } from "../../policies/check";
import { UserError } from "./user-error";

const fileName = "cdk.tf.json";

export interface StackFiles {
  readonly stacks: readonly NamedJson[];
  /** One for each file that could not be read. */
  readonly unreadable: readonly Finding[];
}

/** Reads `stacks/<name>/cdk.tf.json` below a folder, in the order of the names. Throws where there is none. */
export function readStacks(folder: string): StackFiles {
  const read = foldersIn(join(folder, "stacks")).flatMap((name) => readStack(folder, name));
  if (read.length === 0) {
    throw new UserError(
      `no stacks/<name>/${fileName} in ${folder}: run 'npx cdktf synth' first, or name the folder that it wrote`,
    );
  }
  return {
    stacks: read.flatMap((stack) => ("json" in stack ? [stack] : [])),
    unreadable: read.flatMap((stack) => ("json" in stack ? [] : [stack])),
  };
}

function readStack(folder: string, name: string): readonly (NamedJson | Finding)[] {
  const unreadable = (why: string): Finding[] => [
    { stack: name, address: fileName, policy: "stack/is-readable", message: `the file must be ${why}` },
  ];
  try {
    const text = readFileSync(join(folder, "stacks", name, fileName), "utf8");
    const json = JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
    return typeof json === "object" && json !== null && !Array.isArray(json)
      ? [{ name, json }]
      : unreadable("a JSON object with Terraform's blocks, got another value");
  } catch (error) {
    const missing = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    return missing ? [] : unreadable(`JSON that can be read: ${(error as Error).message.split("\n")[0]!}`);
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      return [];
    }
    throw new UserError(`${folder} cannot be read: ${(error as Error).message}`);
  }
}
