import { normalise } from "./normalise";
import { policies, stackPolicies } from "./policies";
import { Stack } from "./stack";
import { type Arguments, listOf, textOf } from "./arguments";
import type { Policy } from "./policy";

/** A resource that breaks a rule. */
export interface Finding {
  readonly stack: string;
  /** Terraform address, such as `google_storage_bucket.Landing_1A2B3C4D`, or the type of a resource that is missing. */
  readonly address: string;
  /** Id of the policy. */
  readonly policy: string;
  readonly message: string;
}

/** Terraform's JSON of a stack, with the stack's name. */
export interface NamedJson {
  readonly name: string;
  readonly json: unknown;
}

/** What breaks a rule in Terraform's JSON of one stack. */
export function checkJson(stack: string, json: unknown): Finding[] {
  return checkEnvironment([{ name: stack, json }]);
}

/**
 * What breaks a rule in the stacks of an environment: each resource by itself, then all of them together. Stacks are taken one by one,
 * as they come.
 */
export function checkEnvironment(environment: Iterable<NamedJson>): Finding[] {
  const stacks: Stack[] = [];
  const single: Finding[] = [];
  for (const { name, json } of environment) {
    const stack = Stack.of(name, json);
    stacks.push(stack);
    single.push(...checkResources(stack));
  }
  return [...single, ...checkTogether(stacks)];
}

function checkResources({ name, resources }: Stack): Finding[] {
  return resources.flatMap(({ type, address, args }) =>
    judge(type, args).map((breach) => ({ stack: name, address, ...breach })),
  );
}

/** What breaks a rule that no single resource shows. */
export function checkTogether(stacks: readonly Stack[], isAsked: (policy: string) => boolean = () => true): Finding[] {
  return stackPolicies
    .filter(({ id }) => isAsked(id))
    .flatMap(({ id, checkStacks: check }) => check(stacks).map((breach) => ({ ...breach, policy: id })));
}

/**
 * What breaks a rule in the arguments of one resource, as they are written or planned. `kind` leaves out the rules of the
 * other kind: the sandbox refuses values only, as Google does.
 */
export function checkArguments(
  type: string,
  args: unknown,
  kind?: Policy["kind"],
): { readonly policy: string; readonly message: string }[] {
  return judge(type, normalise(type, args), kind);
}

function judge(type: string, args: Arguments, kind?: Policy["kind"]): { policy: string; message: string }[] {
  return policiesFor(type)
    .filter((policy) => kind === undefined || policy.kind === kind)
    .flatMap(({ id, check }) => listOf(check(args, type)).map((message) => ({ policy: id, message: textOf(message) })));
}

/** Policies by the type they look at, as far as anybody asked: stacks hold thousands of resources of few types. */
const byType = new Map<string, readonly Policy[]>();

function policiesFor(type: string): readonly Policy[] {
  const known =
    byType.get(type) ??
    policies.filter(({ types }) => types.includes(type) || (types.includes("*") && type.startsWith("google_")));
  byType.set(type, known);
  return known;
}

/** A finding as one line. */
export function formatFinding({ stack, address, policy, message }: Finding): string {
  return `${stack} ${address}: ${message} [${policy}]`;
}
