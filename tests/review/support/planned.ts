import { decodePlan } from "../../../tools/review/plan/decode";
import { PlannedStack } from "../../../tools/review/planned-stack";
import type { Hit } from "../../../tools/review/rules/rule";
import { reviewRules } from "../../../tools/review/rules/rules";

export type Values = Readonly<Record<string, unknown>>;

/** Parts of a change in a plan's JSON, beside what the helpers fill in. */
export type Extra = Readonly<Record<string, unknown>>;

/** A change of one object as Terraform's plan has it; `values` of the old or new object are `null` where there is none. */
export function change(type: string, before: Values | null, after: Values | null, extra: Extra = {}): Extra {
  const { name = "it", change: inner = {}, ...rest } = extra;
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return {
    address: `${type}.${String(name)}`,
    mode: "managed",
    type,
    name,
    ...rest,
    change: { actions, before, after, after_unknown: {}, ...(inner as object) },
  };
}

/** The same object before and after. */
export function unchanged(type: string, values: Values, extra: Extra = {}): Extra {
  return change(type, values, values, { change: { actions: ["no-op"] }, ...extra });
}

export function stackOf(changes: readonly Extra[], plan: Extra = {}, name = "dev-churn-serving"): PlannedStack {
  return new PlannedStack(name, decodePlan(name, { format_version: "1.2", resource_changes: changes, ...plan }));
}

/** What one rule finds in a stack, as lines: `severity address: message`. */
export function found(rule: string, stack: PlannedStack, others: readonly PlannedStack[] = [stack]): string[] {
  const { find, severity } = reviewRules.find(({ id }) => id === rule)!;
  return find(stack, others).map((hit: Hit) => `${hit.severity ?? severity} ${hit.address}: ${hit.message}`);
}

/** What one rule finds in one change. */
export function foundIn(rule: string, type: string, before: Values | null, after: Values | null, extra: Extra = {}) {
  return found(rule, stackOf([change(type, before, after, extra)]));
}

type Place = readonly [type: string, before: Values | null, after: Values | null];
type Case = Place | readonly [...Place, extra: Extra];
type Finding = readonly [...Place, text: string] | readonly [...Place, extra: Extra, text: string];

/** Changes in which a rule finds something, with what it says without the address, and changes in which it finds nothing. */
export function testRule(id: string, finds: readonly Finding[], passes: readonly Case[]): void {
  describe(id, () => {
    test.each(finds.map((each) => [each.at(-1) as string, each] as const))("finds: %s", (text, each) => {
      const [type, before, after, extra] = each.slice(0, -1) as unknown as [...Place, Extra | undefined];
      const lines = foundIn(id, type, before, after, extra);
      expect(lines.map((line) => line.replace(` ${type}.it:`, ":"))).toEqual([text]);
    });

    test.each(passes.map((each) => [JSON.stringify(each).slice(0, 160), each] as const))("passes: %s", (_, each) => {
      const [type, before, after, extra] = each;
      expect(foundIn(id, type, before, after, extra)).toEqual([]);
    });
  });
}

export const replaced = { change: { actions: ["delete", "create"] } };
export const replacedCreateFirst = { change: { actions: ["create", "delete"] } };
export const forgotten = { change: { actions: ["forget"] } };
export const replacedAndForgotten = { change: { actions: ["create", "forget"] } };
