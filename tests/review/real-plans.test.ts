import { decodePlan } from "../../tools/review/plan/decode";
import { reviewPlans } from "../../tools/review/review-plans";
import { findRealPlans } from "../sandbox/support/real-plans";

const real = findRealPlans();

(real ? describe.each(real.names.map((name) => [name])) : describe.skip.each([["none"]]))("real plan %s", (name) => {
  test("every change appears once, of the kind that Terraform says", () => {
    const json = real!.read(name) as {
      readonly resource_changes: readonly { address: string; deposed?: string; change: { actions: string[] } }[];
    };
    const { stacks, counts } = reviewPlans([{ name, plan: decodePlan(name, json) }], { failOn: "high" });
    const { changes, unchanged, unknownFields, status } = stacks[0]!;
    const planned = json.resource_changes.filter(({ change }) => change.actions.join() !== "no-op");
    expect(changes.map(({ address, actions }) => `${address} ${actions.join()}`)).toEqual(
      planned.map(({ address, change }) => `${address} ${change.actions.join()}`),
    );
    expect(new Set(changes.map(({ address, deposed }) => `${address} ${deposed}`)).size).toBe(planned.length);
    const count = (...actions: string[]) =>
      planned.filter(({ change }) => change.actions.join() === actions.join()).length;
    expect(counts).toEqual(
      Object.fromEntries(
        Object.entries({
          create: count("create"),
          update: count("update"),
          destroy: count("delete"),
          read: count("read"),
          "replace, delete first": count("delete", "create"),
          "replace, create first": count("create", "delete"),
        }).filter(([, each]) => each > 0),
      ),
    );
    expect([unchanged, unknownFields, status]).toEqual([json.resource_changes.length - planned.length, [], "planned"]);
  });
});
