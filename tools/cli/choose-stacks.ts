import { readFileSync } from "node:fs";
import { join } from "node:path";

import { nearest } from "../../config/nearest";
import { reason } from "../../config/source/bytes";
import { quote } from "../../config/text";
import { stackFiles } from "../delivery/plan-set";
import type { SynthesisedStack } from "./synth";
import { UserError } from "./user-error";

/** Option `--except`, which may be repeated, with its description and how its values are gathered. */
export const exceptOption = [
  "--except <stack>",
  "stack to leave out, may be repeated",
  (name: string, names: string[]) => [...names, name],
  [] as string[],
] as const;

export interface Choice {
  /** Names from the command line. */
  readonly named?: readonly string[];
  /** File with names, one a line. */
  readonly only?: string | undefined;
  readonly except: readonly string[];
}

/** The stacks that were named, or all, without those that are to be left out. Throws a `UserError` for a name that is none. */
export function chooseStacks(
  stacks: readonly SynthesisedStack[],
  { named = [], only, except }: Choice,
): readonly SynthesisedStack[] {
  const listed = only === undefined ? [] : namesIn(only);
  const wanted = named.length === 0 && only === undefined ? undefined : [...named, ...listed];
  const known = stacks.map(({ name }) => name);
  requireStacks(named, "", known);
  requireStacks(listed, ` in ${only}`, known);
  requireStacks(except, " of --except", known);
  return stacks.filter(({ name }) => !except.includes(name) && (wanted?.includes(name) ?? true));
}

/** Whether only one machine knows what a stack has made. */
export function hasLocalState({ folder }: SynthesisedStack): boolean {
  const config: unknown = JSON.parse(readFileSync(join(folder, stackFiles.config), "utf8"));
  const { backend = {} } = (config as { terraform?: { backend?: object } }).terraform ?? {};
  return Object.keys(backend).every((kind) => kind === "local");
}

function requireStacks(names: readonly string[], where: string, known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    throw new UserError(
      `stack ${quote(unknown)}${where} does not exist: use one of ${known.join(", ")}${near === undefined ? "" : ` (did you mean '${near}'?)`}`,
    );
  }
}

function namesIn(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  } catch (error) {
    throw new UserError(
      `--only must name a file of stack names, one a line, got ${quote(file)}: ${reason(error)}; 'mlp affected --names FILE' writes one, and 'mlp plan STACK...' takes the names themselves`,
    );
  }
}
