import { copyFileSync, existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";

import { explain } from "../../config/load";
import { sandboxEnvironment } from "./sandbox-environment";
import { UserError } from "./user-error";

/** A resource as Terraform's state knows it. */
export interface ManagedResource {
  readonly stack: string;
  /** Terraform address within the stack, such as `google_storage_bucket.Landing_1A2B3C4D`. */
  readonly address: string;
  readonly type: string;
  readonly id: string;
}

interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: { readonly id?: string } | null }[];
  }[];
}

/**
 * Folder of the state files of the sandbox's environment. Found also while the config has problems elsewhere, so that what is
 * deployed can always be looked at and removed.
 */
export function sandboxStateFolder(root: string): string {
  const result = explain(root, sandboxEnvironment, "environment.state");
  if (!result.ok) {
    throw new UserError(result.message);
  }
  const values = new Map(result.explanations.map(({ path, value }) => [path, value]));
  const backend = values.get("environment.state.backend");
  const directory = values.get("environment.state.directory");
  if (backend !== "local" || typeof directory !== "string" || !isInside(root, directory)) {
    throw new UserError(
      `environment '${sandboxEnvironment}' must have 'state' with 'backend: local' and a 'directory' inside of the project, got ${String(backend)} and ${String(directory)}`,
    );
  }
  return join(root, directory);
}

function isInside(root: string, directory: string): boolean {
  const path = relative(root, resolve(root, directory));
  return path !== "" && !path.startsWith("..") && !isAbsolute(path);
}

/** Forgets every state in a folder: the files that Terraform made, and nothing else. */
export function removeStates(folder: string): void {
  if (!existsSync(folder)) {
    return;
  }
  for (const name of readdirSync(folder).filter((file) => /\.tfstate(\.|$)/.test(file))) {
    rmSync(join(folder, name));
  }
  if (readdirSync(folder).length === 0) {
    rmdirSync(folder);
  }
}

/**
 * Puts the backup of every empty state file in its place: Terraform empties the file before it writes it, and leaves it so when it
 * is killed in between. Gives the names of the stacks.
 */
export function restoreStates(folder: string): string[] {
  const emptied = stateFiles(folder).filter(
    (name) => isEmpty(join(folder, name)) && isState(join(folder, `${name}.backup`)),
  );
  for (const name of emptied) {
    copyFileSync(join(folder, `${name}.backup`), join(folder, name));
  }
  return emptied.map(stackOf);
}

function isEmpty(file: string): boolean {
  return statSync(file).size === 0;
}

function isState(file: string): boolean {
  return existsSync(file) && parse(readFileSync(file, "utf8")) !== undefined;
}

function stackOf(file: string): string {
  return file.replace(/\.tfstate$/, "");
}

/** Stacks that have resources and are declared no more: nobody plans or destroys them any longer. */
export function orphans(resources: readonly ManagedResource[], declared: readonly string[]): string[] {
  return [...new Set(resources.map(({ stack }) => stack))].filter((stack) => !declared.includes(stack));
}

/** Every resource that Terraform manages, by stack. */
export function managedResources(folder: string): ManagedResource[] {
  return stateFiles(folder).flatMap((name) => stackResources(folder, stackOf(name)));
}

/** Every resource that Terraform manages in one stack. */
export function stackResources(folder: string, stack: string): ManagedResource[] {
  const file = join(folder, `${stack}.tfstate`);
  const { resources = [] } = existsSync(file) ? readState(file) : {};
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ attributes }) => ({ stack, address: `${type}.${name}`, type, id: attributes?.id ?? "" })),
    );
}

function stateFiles(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(".tfstate")).sort();
}

/** An empty file without a backup holds nothing: Terraform was killed before it had written anything. */
function readState(file: string): StateFile {
  const content = readFileSync(file, "utf8");
  const state = content === "" ? {} : parse(content);
  if (state === undefined) {
    const way = isState(`${file}.backup`)
      ? `put ${basename(file)}.backup, the state before the last change, in its place`
      : "put a copy of yours in its place";
    throw new UserError(
      `${file} is not the JSON of a Terraform state: ${way}, or forget everything with 'mlp sandbox down --wipe'`,
    );
  }
  return state;
}

function parse(content: string): StateFile | undefined {
  try {
    const state: unknown = JSON.parse(content);
    return typeof state === "object" && state !== null && !Array.isArray(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** The resource that an address names, with the stack before it and a slash where two stacks hold the same address. */
export function findManaged(resources: readonly ManagedResource[], address: string): ManagedResource {
  const found = resources.filter(
    (resource) => resource.address === address || `${resource.stack}/${resource.address}` === address,
  );
  if (found.length === 1) {
    return found[0]!;
  }
  throw new UserError(
    found.length === 0
      ? `'${address}' is not deployed: 'mlp sandbox show' lists what is`
      : `'${address}' is in ${found.length} stacks: name one, as in ${found[0]!.stack}/${address}`,
  );
}
