import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { omit } from "../../../config/omit";
import { repositoryPlatform, type StackJson, synthesise } from "../../support/platform";
import type { Config, Workspace } from "./workspace";

/** The stacks of the sandbox's environment. */
export class Blueprint {
  readonly project: string;
  readonly projectNumber: string;
  private readonly stacks: ReadonlyMap<string, StackJson>;

  constructor() {
    const platform = repositoryPlatform();
    this.project = platform.environment.project;
    this.projectNumber = platform.environment.projectNumber;
    this.stacks = synthesise(platform);
  }

  /** Arguments of every resource, by its address in the configuration that `write` makes. */
  get resources(): ReadonlyMap<string, { readonly type: string; readonly args: Readonly<Record<string, unknown>> }> {
    return new Map(
      [...this.stacks].flatMap(([stack, { resource }]) =>
        Object.entries(resource).flatMap(([type, all]) =>
          Object.entries(all).map(([name, args]) => [`module.${stack}.${type}.${name}`, { type, args }] as const),
        ),
      ),
    );
  }

  /**
   * Writes one configuration with a module for each stack, in the order in which stacks are deployed, and provider blocks of its own
   * for each.
   * @param suffix of the modules' names
   */
  write(workspace: Workspace, more: Config = {}, suffix = ""): void {
    const names = [...this.stacks.keys()];
    for (const [name, stack] of this.stacks) {
      mkdirSync(join(workspace.folder, name), { recursive: true });
      const module = { ...omit(stack, "provider"), terraform: omit(stack.terraform, "backend") };
      writeFileSync(join(workspace.folder, name, "main.tf.json"), JSON.stringify(module));
    }
    const providers = ["google", "google-beta"] as const;
    workspace.write({
      provider: Object.fromEntries(
        providers.map((provider) => [
          provider,
          [...this.stacks].flatMap(([name, stack]) =>
            (stack.provider[provider] ?? []).map((block) => ({ ...(block as object), alias: name })),
          ),
        ]),
      ),
      module: Object.fromEntries(
        [...this.stacks].map(([name, { provider }], index) => [
          name + suffix,
          {
            source: `./${name}`,
            providers: Object.fromEntries(Object.keys(provider).map((local) => [local, `${local}.${name}`])),
            depends_on: names.slice(0, index).map((earlier) => `module.${earlier}${suffix}`),
          },
        ]),
      ),
      ...more,
    });
  }

  /** `moved` blocks from the modules without a suffix to those with it. */
  moves(suffix: string): Config {
    return {
      moved: [...this.stacks.keys()].map((name) => ({ from: `module.${name}`, to: `module.${name}${suffix}` })),
    };
  }
}

const metaArguments = ["//", "depends_on", "lifecycle", "provider"];

/**
 * Paths of the arguments that a resource sets, without indexes, those that its stack tells Terraform to ignore left out.
 * @param known paths that are one argument, whatever they hold
 */
export function argumentsOf(args: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  const { ignore_changes = [] } = (args["lifecycle"] ?? {}) as { ignore_changes?: string[] };
  const ignored = ignore_changes.map((path) => path.replaceAll(/\[\d+\]/g, ""));
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !metaArguments.includes(name)));
  return leavesOf(own, known, "").filter((path) => !ignored.some((prefix) => `${path}.`.startsWith(`${prefix}.`)));
}

function leavesOf(value: unknown, known: readonly string[], path: string): string[] {
  if (known.includes(path) || typeof value !== "object" || value === null) {
    return [path];
  }
  if (Array.isArray(value)) {
    return [...new Set(value.flatMap((item) => leavesOf(item, known, path)))];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, known, path === "" ? name : `${path}.${name}`),
  );
}
