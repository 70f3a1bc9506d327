import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { environmentNames } from "../../config/load";
import { synthesise } from "../cli/synth";
import { UserError } from "../cli/user-error";
import { fileSha256 } from "./digest";
import { stackFiles } from "./plan-set";
import { type StackContent, stackDifference } from "./stack-difference";

/** A stack that Terraform may do something else with. */
export interface AffectedStack {
  readonly name: string;
  readonly change: "new" | "removed" | "changed";
  /** A line each. */
  readonly reasons: readonly string[];
}

/** What Terraform reads of a project's stacks. */
export interface ProjectContent {
  /** By name, in the order they are deployed; nothing where there is no such environment. */
  readonly stacks?: ReadonlyMap<string, StackContent>;
  /** What all stacks share: a file's SHA-256 or content, by what it is. */
  readonly shared: Readonly<Record<string, string | undefined>>;
}

/** Synthesises an environment's stacks and reads them. Throws a `UserError` with every problem of the config. */
export async function readContent(root: string, environment: string, label: string): Promise<ProjectContent> {
  const shared = {
    "provider lock file": fileSha256(join(root, stackFiles.lock)),
    "Terraform version": textOf(join(root, ".terraform-version")),
  };
  if (!environmentNames(root).includes(environment)) {
    return { shared };
  }
  const output = mkdtempSync(join(tmpdir(), "mlp-affected-"));
  try {
    const stacks = await synthesise(root, environment, output);
    return { shared, stacks: new Map(stacks.map(({ name, folder }) => [name, readStack(folder)])) };
  } catch (error) {
    throw error instanceof UserError && error.message !== "interrupted"
      ? new UserError(
          `environment '${environment}' cannot be synthesised in ${label}, so that nothing can be said of its stacks; where that is mended already, 'mlp plan' without --only plans every stack:\n${error.message}`,
        )
      : error;
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** Stacks that differ: those of `after` in the order they are deployed, then those that are gone. */
export function affectedStacks(before: ProjectContent, after: ProjectContent): AffectedStack[] {
  const [old, now] = [
    before.stacks ?? new Map<string, StackContent>(),
    after.stacks ?? new Map<string, StackContent>(),
  ];
  const common = Object.keys(after.shared).flatMap((what) =>
    sharedReason(what, before.shared[what], after.shared[what]),
  );
  const present = [...now].flatMap(([name, content]): AffectedStack[] => {
    const was = old.get(name);
    if (was === undefined) {
      return [{ name, change: "new", reasons: ["new"] }];
    }
    const reasons = [...stackDifference(was, content), ...common];
    return reasons.length === 0 ? [] : [{ name, change: "changed", reasons }];
  });
  const gone = [...old.keys()].filter((name) => !now.has(name));
  return [...present, ...gone.map((name): AffectedStack => ({ name, change: "removed", reasons: ["removed"] }))];
}

function sharedReason(what: string, was: string | undefined, is: string | undefined): string[] {
  if (was === is) {
    return [];
  }
  return [`${what} ${was === undefined ? "added" : is === undefined ? "removed" : "changed"}`];
}

function readStack(folder: string): StackContent {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const others = paths.filter((path) => path !== stackFiles.config);
  return {
    config: JSON.parse(readFileSync(join(folder, stackFiles.config), "utf8")) as StackContent["config"],
    files: Object.fromEntries(others.map((path) => [path, fileSha256(join(folder, path))!])),
  };
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}
