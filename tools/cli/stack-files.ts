import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { NamedJson } from "../../policies/check";
import { UserError } from "./user-error";

export interface StackFiles {
  readonly stacks: readonly NamedJson[];
  /** One line for each file that could not be read. */
  readonly problems: readonly string[];
}

/** Reads `stacks/<name>/cdk.tf.json` below a folder, in the order of the names. Throws where there is none. */
export function readStacks(folder: string): StackFiles {
  const names = foldersIn(join(folder, "stacks")).filter((name) => existsSync(fileOf(folder, name)));
  if (names.length === 0) {
    throw new UserError(
      `no stacks/<name>/cdk.tf.json in ${folder}: run 'npx cdktf synth' first, or name the folder that it wrote`,
    );
  }
  const problems: string[] = [];
  const stacks = names.flatMap((name) => {
    const file = fileOf(folder, name);
    try {
      const json = JSON.parse(readFileSync(file, "utf8")) as unknown;
      if (typeof json === "object" && json !== null && !Array.isArray(json)) {
        return [{ name, json }];
      }
      problems.push(`${file}: must be a JSON object with Terraform's blocks, got another value`);
    } catch (error) {
      problems.push(`${file}: cannot be read as JSON: ${(error as Error).message.split("\n")[0]!}`);
    }
    return [];
  });
  return { stacks, problems };
}

function fileOf(folder: string, name: string): string {
  return join(folder, "stacks", name, "cdk.tf.json");
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
