import fc from "fast-check";

import { UserError } from "../../tools/cli/user-error";
import { differencesOf } from "../../tools/review/differences/compare";
import { knownAfterApply, pathText } from "../../tools/review/differences/difference";
import { isSame } from "../../tools/review/differences/same";
import { decodePlan } from "../../tools/review/plan/decode";
import type { Outcome, Review } from "../../tools/review/review";
import { hidden } from "../../tools/review/secrets/redactor";
import { severities } from "../../tools/review/severity";
import { changes, values } from "./support/arbitrary-plan";
import { outputs } from "./support/outputs";
import { changeJson, planJson } from "./support/plan-json";
import { reviewOf } from "./support/review-of";

type Json = Readonly<Record<string, unknown>>;

const ranks: readonly Outcome[] = ["no changes", "changes", "blocked", "failed"];
const rank = ({ outcome }: Review) => ranks.indexOf(outcome);
const worst = ({ findings }: Review) =>
  Math.min(severities.length, ...findings.map(({ severity }) => severities.indexOf(severity)));
const destroysAll = ({ findings }: Review) => findings.some(({ rule }) => rule === "object/everything-destroyed");
const sorted = (texts: readonly string[]) => [...texts].sort();
const options = { numRuns: 60 };

test("the order of the changes does not matter", () => {
  const shuffled = changes.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const [one, two] = [reviewOf(planJson(list)), reviewOf(planJson(other))];
      const findings = (review: Review) => sorted(review.findings.map((finding) => JSON.stringify(finding)));
      expect(findings(one)).toEqual(findings(two));
      expect([one.counts, one.outcome, one.isAccessBroadened]).toEqual([
        two.counts,
        two.outcome,
        two.isAccessBroadened,
      ]);
    }),
    options,
  );
});

test("every change appears once, and is counted once", () => {
  fc.assert(
    fc.property(changes, (list) => {
      const { stacks } = reviewOf(planJson(list));
      const { changes: shown, counts, unchanged } = stacks[0]!;
      const key = (address: unknown, deposed: unknown) => `${String(address)} ${String(deposed ?? null)}`;
      const isNone = (each: Json) => JSON.stringify((each["change"] as Json)["actions"]) === '["no-op"]';
      const expected = list.filter((each) => !isNone(each)).map(({ address, deposed }) => key(address, deposed));
      expect(sorted(shown.map(({ address, deposed }) => key(address, deposed)))).toEqual(sorted(expected));
      expect(unchanged).toBe(list.length - expected.length);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(expected.length);
    }),
    options,
  );
});

test("another change never makes a plan look safer, unless it shows that not all of a stack is destroyed", () => {
  fc.assert(
    fc.property(changes, fc.nat(), (list, index) => {
      const whole = reviewOf(planJson(list));
      const without = reviewOf(planJson(list.filter((_, at) => at !== index % Math.max(1, list.length))));
      fc.pre(destroysAll(whole) || !destroysAll(without));
      expect(worst(whole)).toBeLessThanOrEqual(worst(without));
      expect(rank(whole)).toBeGreaterThanOrEqual(rank(without));
    }),
    options,
  );
});

test("a value has a difference where it differs, and only there", () => {
  fc.assert(
    fc.property(values, values, (before, after) => {
      const [change] = decodePlan(
        "plan",
        planJson([changeJson({ before: { x: before }, after: { x: after } })]),
      ).changes;
      const differences = differencesOf(change!);
      expect(differences.length > 0).toBe(!isSame(before, after));
      for (const difference of differences) {
        expect(isSame(difference.before, difference.after)).toBe(false);
      }
      expect(differencesOf({ ...change!, after: change!.before })).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("nothing that is marked is shown, also where it is short", () => {
  fc.assert(
    fc.property(changes, (list) => {
      const plan = planJson(list);
      const shown = reviewOf(plan).stacks[0]!.changes.flatMap(({ address, differences }) =>
        differences.map((each) => ({ ...each, place: `${address} ${each.path}` })),
      );
      const marked = new Set(
        decodePlan("plan", plan).changes.flatMap((change) =>
          differencesOf(change)
            .filter(({ isSensitive }) => isSensitive)
            .map(({ path }) => `${change.address} ${pathText(path)}`),
        ),
      );
      for (const { before, after } of shown.filter(({ place }) => marked.has(place))) {
        expect([null, hidden]).toContain(before);
        expect([null, hidden, knownAfterApply]).toContain(after);
      }
    }),
    options,
  );
});

/** A plan in which one value, anywhere, is something else. */
const garbage = fc.constantFrom<unknown>(
  null,
  7,
  "text",
  true,
  [],
  {},
  [null],
  [[]],
  { a: { b: [] } },
  "__proto__",
  -1e308,
);

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  return typeof value === "object" && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...path, name]))]
    : [path];
}

function withAt(value: unknown, [step, ...rest]: readonly string[], put: unknown): unknown {
  if (step === undefined) {
    return put;
  }
  const parts = value as Record<string, unknown>;
  return Array.isArray(value)
    ? value.map((part, index) => (String(index) === step ? withAt(part, rest, put) : (part as unknown)))
    : Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, name === step ? withAt(part, rest, put) : part]),
      );
}

const full = planJson(
  [
    changeJson(
      {
        actions: ["delete", "create"],
        before: {
          name: "a",
          labels: { a: "b" },
          member: "user:a@example.com",
          role: "roles/viewer",
          condition: [{ title: "t" }],
        },
        after: { name: "b", labels: { a: "c" }, member: "allUsers", role: "roles/owner", condition: [] },
        after_unknown: { id: true },
        before_sensitive: { name: true },
        replace_paths: [["name", 0]],
        importing: { id: "x", identity: { a: "b" } },
      },
      {
        type: "google_storage_bucket_iam_member",
        action_reason: "replace_by_request",
        previous_address: "a.b",
        index: 1,
      },
    ),
    changeJson(
      {
        before: {
          name: "a",
          force_destroy: false,
          deletion_protection: true,
          encryption: [{ default_kms_key_name: "k" }],
        },
        after: { name: "a", force_destroy: true, deletion_protection: false, encryption: [] },
      },
      { type: "google_storage_bucket" },
    ),
  ],
  {
    resource_drift: [changeJson({ before: { name: "a" }, after: { name: "b" } })],
    deferred_changes: [{ reason: "x", resource_change: changeJson({}) }],
    output_changes: { o: { actions: ["update"], before: { a: 1 }, after: { a: 2 }, after_unknown: { b: true } } },
    checks: [{ address: { to_display: "c" }, status: "fail", instances: [{ problems: [{ message: "no" }] }] }],
    relevant_attributes: [{ resource: "google_pubsub_topic.events", attribute: ["name", 0] }],
    variables: { v: { value: "abcdef" } },
    prior_state: {
      values: { outputs: { o: { value: "abcdef", sensitive: true } }, root_module: { resources: [{ values: {} }] } },
    },
    configuration: { root_module: { variables: { v: { sensitive: true } }, module_calls: { m: { module: {} } } } },
  },
);
const places = placesIn(full);

test("garbage anywhere is refused or shown, and is never no changes", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), garbage, (place, put) => {
      let review: Review;
      try {
        review = reviewOf(withAt(full, place, put));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        return;
      }
      expect(review.outcome).not.toBe("no changes");
      outputs.forEach((write) => expect(write(review)).toEqual(expect.any(String)));
    }),
    { numRuns: 600 },
  );
});
