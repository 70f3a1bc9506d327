import { isDeepStrictEqual } from "node:util";

import { type Arguments, isObject, parseJson } from "../../policies/arguments";
import type { Change } from "./change";
import type { PlannedStack } from "./planned-stack";

/** A rollout policy of a stack, as it was and as it will be. */
export interface PlannedPolicy {
  readonly address: string;
  /** The object that workflows read; nothing where only an output tells of it. */
  readonly object: Change | undefined;
  readonly before: Arguments | undefined;
  readonly after: Arguments | undefined;
  /** Whether the plan shows it to people: objects hide their content, an output of the stack may say the same. */
  readonly isPublic: boolean;
}

const read = new WeakMap<PlannedStack, readonly PlannedPolicy[]>();

/** Policies in the objects of a stack, and those that only its outputs tell of; read once, since they are in texts. */
export function rolloutPoliciesOf(stack: PlannedStack): readonly PlannedPolicy[] {
  const policies = read.get(stack) ?? policiesIn(stack);
  read.set(stack, policies);
  return policies;
}

function policiesIn({ changes, plan }: PlannedStack): PlannedPolicy[] {
  const shown = plan.outputs
    .filter(({ isSensitive }) => !isSensitive)
    .map(({ name, before, after }) => ({ address: `output.${name}`, before: policyIn(before), after: policyIn(after) }))
    .filter(({ before, after }) => before !== undefined || after !== undefined);
  const held = changes
    .filter(({ type, isManaged }) => type === "google_storage_bucket_object" && isManaged)
    .map((object) => ({ object, before: contentOf(object.before), after: contentOf(object.after) }))
    .filter(({ before, after }) => before !== undefined || after !== undefined)
    .map(({ object, before, after }): PlannedPolicy => {
      const isPublic = shown.some((output) => isSame(output.before, before) && isSame(output.after, after));
      return { address: object.address, object, before, after, isPublic };
    });
  const others = shown.filter(
    (output) => !held.some(({ before, after }) => isSame(output.before, before) && isSame(output.after, after)),
  );
  return [...held, ...others.map((output) => ({ ...output, object: undefined, isPublic: true }))];
}

function contentOf({ content }: Arguments): Arguments | undefined {
  return policyIn(parseJson(content));
}

function policyIn(value: unknown): Arguments | undefined {
  return isObject(value) && Array.isArray(value["stages"]) && isObject(value["limits"]) ? value : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}
