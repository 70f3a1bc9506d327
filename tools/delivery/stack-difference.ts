import { isObject } from "../../policies/arguments";
import { canonicalJson } from "./canonical-json";

type Json = Readonly<Record<string, unknown>>;

/** What Terraform reads of a stack. */
export interface StackContent {
  /** Parsed `cdk.tf.json`. */
  readonly config: Json;
  /** SHA-256 of every other file in the stack's folder, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Blocks that have a type and a name; the others have a name alone. */
const typed = new Set(["resource", "data", "ephemeral"]);

/**
 * Why Terraform may do something else with one content of a stack than with the other, a line each; none where it cannot. What is
 * noted for people, and the order of keys, make no difference.
 */
export function stackDifference(before: StackContent, after: StackContent): string[] {
  const blocks = keysOf(before.config, after.config).flatMap((block) => {
    const [old, now] = [before.config[block], after.config[block]];
    return block === "terraform" ? settings(asObject(old), asObject(now)) : compareBlock(block, old, now);
  });
  const files = compareNamed(
    before.files,
    after.files,
    (path) => `file ${path}`,
    () => "changed",
  );
  return [...blocks, ...files];
}

function compareBlock(block: string, old: unknown, now: unknown): string[] {
  if (Array.isArray(old ?? now)) {
    return equal(old, now) ? [] : [`${block} changed`];
  }
  if (!typed.has(block)) {
    return compareNamed(asObject(old), asObject(now), (name) => `${block}.${name}`, changedArguments);
  }
  const prefix = block === "resource" ? "" : `${block}.`;
  return keysOf(asObject(old), asObject(now)).flatMap((type) =>
    compareNamed(
      asObject(asObject(old)[type]),
      asObject(asObject(now)[type]),
      (name) => `${prefix}${type}.${name}`,
      changedArguments,
    ),
  );
}

/** The `terraform` block: versions, backend and the rest. */
function settings(old: Json, now: Json): string[] {
  const providers = compareNamed(
    asObject(old["required_providers"]),
    asObject(now["required_providers"]),
    (name) => `provider version of ${name}`,
    (was, is) => `changed: ${versionOf(was)} to ${versionOf(is)}`,
  );
  const backend = compareNamed(
    asObject(old["backend"]),
    asObject(now["backend"]),
    (name) => `backend ${name}`,
    changedArguments,
  );
  const rest = keysOf(old, now)
    .filter((key) => key !== "required_providers" && key !== "backend" && !equal(old[key], now[key]))
    .map((key) => `terraform.${key} changed`);
  return [...providers, ...backend, ...rest];
}

function versionOf(provider: unknown): string {
  const { source, version } = asObject(provider);
  return `${String(source)} ${String(version ?? "of any version")}`;
}

function compareNamed(
  old: Json,
  now: Json,
  nameOf: (key: string) => string,
  describe: (was: unknown, is: unknown) => string,
): string[] {
  return keysOf(old, now).flatMap((key) => {
    if (!(key in old)) {
      return [`${nameOf(key)} added`];
    }
    if (!(key in now)) {
      return [`${nameOf(key)} removed`];
    }
    return equal(withoutNotes(old[key]), withoutNotes(now[key]))
      ? []
      : [`${nameOf(key)} ${describe(old[key], now[key])}`];
  });
}

/** `changed: labels, location`, where both are blocks. */
function changedArguments(was: unknown, is: unknown): string {
  const [old, now] = [soleBlock(was), soleBlock(is)];
  const names = keysOf(old, now).filter((key) => !equal(old[key], now[key]));
  return names.length === 0 ? "changed" : `changed: ${names.join(", ")}`;
}

/** CDKTF writes a provider as a list of one block. */
function soleBlock(value: unknown): Json {
  return asObject(Array.isArray(value) && value.length === 1 ? value[0] : value);
}

/** Terraform reads no key `//` of a block: CDKTF notes there where it comes from. */
function withoutNotes(value: unknown): unknown {
  return isObject(value) ? { ...value, "//": undefined } : value;
}

function keysOf(...objects: readonly Json[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) => key !== "//").sort();
}

function equal(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}
