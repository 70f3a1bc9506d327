import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import type { PlatformConfig } from "../../config/platform";
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

/** Folder of the state files of an environment that keeps them locally. */
export function stateFolder(root: string, { environment }: PlatformConfig): string {
  const { state } = environment;
  if (state.backend !== "local") {
    throw new UserError(`the sandbox needs an environment with 'state.backend: local', got ${state.backend}`);
  }
  return join(root, state.directory);
}

/** Every resource that Terraform manages, by stack. */
export function managedResources(folder: string): ManagedResource[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tfstate")) : [];
  return files.sort().flatMap((name) => {
    const { resources = [] } = readState(join(folder, name));
    return resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name: label, instances }) =>
        instances.map(({ attributes }) => ({
          stack: name.replace(/\.tfstate$/, ""),
          address: `${type}.${label}`,
          type,
          id: attributes?.id ?? "",
        })),
      );
  });
}

/** Terraform leaves an empty file where it was stopped before it had anything to write. */
function readState(file: string): StateFile {
  const content = readFileSync(file, "utf8");
  try {
    return content === "" ? {} : (JSON.parse(content) as StateFile);
  } catch {
    throw new UserError(
      `${file} is not the JSON of a Terraform state: put ${basename(file)}.backup in its place, or forget everything with 'mlp sandbox down --wipe'`,
    );
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
