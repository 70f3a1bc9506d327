import { Token } from "cdktf";

/** Arguments of a resource, or of a block within, as Terraform names them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A rule that every resource of some types must keep: at synth, in the sandbox, and in the review of a real plan. */
export interface Policy {
  /** Stable id, used to acknowledge a finding: `service/rule`. */
  readonly id: string;

  /** Resource types the rule looks at; `*` for all. */
  readonly types: readonly string[];

  /** What goes wrong without the rule, with its source. */
  readonly why: string;

  /** What is wrong with the arguments, and what to do; `undefined` where nothing is, or where it cannot be known yet. */
  readonly check: (args: Arguments, type: string) => string | undefined;
}

/** Whether a value is still unknown: a Terraform expression at synth, or a value known after apply. */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}

/** The blocks of an argument. One block is an object at synth and a list in a plan; none may be absent, null or empty. */
export function blocks(value: unknown): readonly Arguments[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((block): block is Arguments => typeof block === "object" && block !== null);
}

/** The value at a path of block names that ends in an argument, of the first blocks on the way. */
export function valueAt(args: Arguments, path: string): unknown {
  const names = path.split(".");
  const last = names.pop()!;
  const block = names.reduce<Arguments | undefined>((from, name) => from && blocks(from[name])[0], args);
  return block?.[last] ?? undefined;
}

/** A value as it reads in a message. */
export function show(value: unknown): string {
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}
