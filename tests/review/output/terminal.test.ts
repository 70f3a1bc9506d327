import pc from "picocolors";

import { terminalText } from "../../../tools/review/output/terminal";
import { verdict } from "../../../tools/review/output/words";
import type { Review } from "../../../tools/review/review";
import { change, exampleReview, failedReview, finding, review, stack } from "../support/example-review";

const plain = pc.createColors(false);
const text = (any: Review, width = 80) => terminalText(any, { width, colors: plain });

/** Lines from one that begins so to the next empty one. */
function part(of: string, start: string): string {
  return of.slice(of.indexOf(start)).split("\n\n")[0]!;
}

test("first comes what it comes to, last how to go on", () => {
  const lines = text(exampleReview).split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "Blocked by 1 critical and 1 high finding  dev 3902c6e1f0a9",
    "Plan: 1 to add, 201 to change, 2 to replace, 2 to destroy, 1 to forget, 1 to",
    "move, 1 to import, 1 to read, 1 of a kind that is not known here",
    "Open: 1 critical, 1 high, 1 medium and 1 low finding",
    "Access gets wider: 1 grant added, 1 grant removed",
  ]);
  expect(lines.slice(-2).join(" ")).toBe(
    "Blocked. Change the plan, or accept each finding in writing: an acknowledgement names its rule, its address, a reason and a last day.",
  );
});

test.each(["failed", "blocked", "changes", "no changes"] as const)("the verdict is told once: %s", (outcome) => {
  const any = outcome === "failed" ? failedReview : { ...exampleReview, outcome };
  expect(text(any, 200).split(verdict(any))).toHaveLength(2);
});

test("a finding tells old and new, and what to check", () => {
  expect(part(text(exampleReview), "  CRITICAL")).toBe(`  CRITICAL Data is destroyed [data/destroyed]
    google_bigquery_dataset.Curated_4F1E2D3C
    dev-churn-ingestion/Curated/Resource
    a BigQuery dataset is destroyed, and made again empty.
      location: "EU" -> "US"  forces replacement
    Check: Is there a copy, and does nobody read it any longer?`);
});

test("two hundred changed labels are one line, what is lost stands by itself", () => {
  expect(part(text(exampleReview), "dev-churn-ingestion  200"))
    .toBe(`dev-churn-ingestion  200 to change, 1 to replace, 1 to destroy, 12 unchanged
  replace, delete first  google_bigquery_dataset.Curated_4F1E2D3C  location:
      "EU" -> "US"; an argument changes that cannot be changed in place
  destroy  google_bigquery_table.Events_BBBBCCCC  it is no longer in the
      configuration
  update  200 x google_pubsub_topic  labels`);
});

test("a failed plan tells Terraform's error, and that nothing can be applied", () => {
  expect(text(failedReview)).toContain(`dev-churn-monitoring  failed
  Error: Invalid value for variable

    on cdk.tf.json line 12, in variable.channel:`);
  expect(text(failedReview).split("\n").slice(-1).join(" ")).toBe(
    "Failed. Mend what failed, plan again, and review again: nothing can be applied.",
  );
});

test("of a plan that failed nobody reads that it changes nothing", () => {
  const failed = failedReview.stacks.filter(({ status }) => status === "failed");
  const none = text(review({ outcome: "failed", counts: {}, stacks: failed, findings: [] }));
  expect(none.split("\n")[1]).toBe("Plan: none");
  expect(text(failedReview, 200)).toContain("1 of a kind that is not known here, without the plans that failed\n");
});

test("the command that applies is named only where it may run", () => {
  const command = exampleReview.applyWith!;
  expect(text(review({ outcome: "changes" }), 140)).toContain(command);
  for (const any of [exampleReview, failedReview, review({ applyWith: null }), review({ outcome: "no changes" })]) {
    expect(text(any, 140)).not.toContain("mlp apply");
  }
});

test("the command that applies is one line on a narrow terminal too: it is copied", () => {
  expect(text(review({ outcome: "changes" }), 60).split("\n")).toContain(`  ${exampleReview.applyWith!}`);
});

test("stacks in which nothing changes are one line", () => {
  const stacks = ["a", "b", "c"].map((name) =>
    stack({ name, changes: name === "b" ? [change({ address: "x.y", kind: "create" })] : [], status: "planned" }),
  );
  const lines = text(review({ stacks, findings: [] }));
  expect(part(lines, "No changes")).toBe("No changes  a, c");
});

test.each([44, 72, 80, 140])("no line is wider than %i columns", (width) => {
  const wide = text(failedReview, width)
    .split("\n")
    .filter((line) => line.length > width);
  expect(wide).toEqual([]);
});

test("a plan cannot move the cursor, colour its own text, or hide some of it", () => {
  const evil = "a.b\u001b[2K\u001b[1A\u202etxt\r";
  const shown = text(
    review({
      findings: [finding({ address: evil, message: evil })],
      stacks: [
        stack({ name: evil, changes: [change({ address: evil, kind: "destroy", reason: evil })], status: "planned" }),
      ],
    }),
    200,
  );
  expect(shown).not.toMatch(/[\u001b\r\u202e]/);
  expect(shown).toContain("a.b\\u{1b}[2K\\u{1b}[1A\\u{202e}txt\\r");
});

test("colours only where they are wanted", () => {
  expect(terminalText(exampleReview, { width: 80, colors: pc.createColors(true) })).toContain("\u001b[31m");
  expect(text(exampleReview)).not.toContain("\u001b");
});

test("a thousand findings do not bury the stacks: the others are counted", () => {
  const many = Array.from({ length: 1_000 }, (_, index) => finding({ address: `a.b${index}`, severity: "high" }));
  expect(text(review({ findings: many }))).toContain("900 high findings more: '--html FILE' shows them all");
});

test("what is accepted in the same words is one line", () => {
  const acknowledged = { reason: "deletionProtection: false", expires: null, acknowledgedBy: null };
  const accepted = (address: string) =>
    finding({ rule: "platform/data-is-kept", address, severity: "low", acknowledged });
  const findings = [accepted("google_storage_bucket.A"), accepted("google_storage_bucket.B")];
  expect(text(review({ findings }), 120)).toContain(
    "accepted low  2 objects [platform/data-is-kept], by a setting of the environment: deletionProtection: false",
  );
});
