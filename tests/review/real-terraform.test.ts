import type { Review, StackReview } from "../../tools/review/review";
import { reviewPlans } from "../../tools/review/review-plans";
import { type RealPlan, RealTerraform } from "./support/real-terraform";

const terraform = new RealTerraform();
const plans: Record<"empty" | "refresh" | "target" | "all" | "failed", RealPlan> = {} as never;

beforeAll(async () => {
  await terraform.start();
  plans.empty = await terraform.plan();
  terraform.relabel(["read-by-others", "ignored"], "drifted");
  plans.refresh = await terraform.plan("-refresh-only");
  plans.target = await terraform.plan("-target=google_storage_bucket.read_by_others");
  terraform.use("after");
  terraform.copy("constant", "imported");
  terraform.copy("constant", "imported-and-changed");
  terraform.breakState("tainted", "deposed");
  plans.all = await terraform.plan("-replace=terraform_data.asked_for");
  terraform.write("precondition.tf", precondition);
  plans.failed = await terraform.plan();
});

afterAll(() => terraform.close());

const precondition = `
resource "terraform_data" "refused" {
  lifecycle {
    precondition {
      condition     = terraform_data.trigger.input == "old"
      error_message = "The input must be old."
    }
  }
}`;

const review = ({ plan }: RealPlan): Review => reviewPlans([{ name: "base", plan }], { failOn: undefined });
const stack = (plan: RealPlan): StackReview => review(plan).stacks[0]!;

test("every change has a kind and a reason", () => {
  const changes = stack(plans.all).changes.map(({ address, deposed, kind, reason }) =>
    [deposed === null ? address : `${address} (deposed)`, kind, reason].filter((text) => text !== null).join(" | "),
  );
  expect(changes).toEqual([
    "data.terraform_remote_state.of_pending | read | something it depends on changes",
    "data.terraform_remote_state.of_unknown | read | its arguments are known after apply",
    "google_storage_bucket.created | create",
    "google_storage_bucket.forgotten | forget | it is no longer in the configuration",
    "google_storage_bucket.gone | destroy | it is no longer in the configuration",
    "google_storage_bucket.imported | import",
    "google_storage_bucket.imported_and_changed | update",
    "google_storage_bucket.new_address | move",
    "google_storage_bucket.read_by_others | update",
    "google_storage_bucket.renamed | replace, delete first | an argument changes that cannot be changed in place",
    "google_storage_bucket.renamed_first | replace, create first | an argument changes that cannot be changed in place",
    "google_storage_bucket.updated | update",
    "terraform_data.asked_for | replace, delete first | a replacement was asked for with -replace",
    "terraform_data.counted[1] | destroy | its index is beyond 'count'",
    "terraform_data.deposed (deposed) | destroy | another took its place, and an earlier apply did not get to destroy it",
    'terraform_data.keyed["a]b.\\"c"] | destroy | its key is no longer in \'for_each\'',
    "terraform_data.new_address | update",
    "terraform_data.no_longer_keyed | create",
    "terraform_data.no_longer_keyed[\"one\"] | destroy | its 'count' or 'for_each' came or went",
    "terraform_data.reads_labels | create",
    "terraform_data.tainted | replace, delete first | it is tainted: an earlier apply left it half made",
    "terraform_data.trigger | update",
    "terraform_data.triggered | replace, delete first | something changes that 'replace_triggered_by' names",
    "terraform_data.with_secrets | update",
    "module.gone.terraform_data.inner | destroy | it is no longer in the configuration",
  ]);
});

test("the counts are Terraform's", () => {
  const { counts, changes, unchanged } = stack(plans.all);
  const count = (...kinds: (keyof typeof counts)[]) => kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const replaced = ["replace, delete first", "replace, create first"] as const;
  const imported = changes.filter(({ imports }) => imports !== null).length;
  expect(plans.all.planned).toMatchObject({ code: 2 });
  expect(plans.all.planned.text).toContain(
    `Plan: ${imported} to import, ${count("create", ...replaced)} to add, ${count("update")} to change, ${count("destroy", ...replaced)} to destroy.`,
  );
  expect([count("forget"), count("move"), count("read"), count("other"), unchanged]).toEqual([1, 1, 2, 0, 5]);
});

test("moves and imports are told, also beside other changes, and what touches Terraform's record alone", () => {
  const { changes } = stack(plans.all);
  const told = changes.filter(({ movedFrom, imports }) => movedFrom ?? imports);
  expect(
    told.map(({ address, movedFrom, imports, isStateOnly }) => [address, movedFrom ?? imports, isStateOnly]),
  ).toEqual([
    ["google_storage_bucket.imported", "imported", true],
    ["google_storage_bucket.imported_and_changed", "imported-and-changed", false],
    ["google_storage_bucket.new_address", "google_storage_bucket.old_address", true],
    ["terraform_data.new_address", "terraform_data.old_address", false],
  ]);
});

test("what changes, and what forces a replacement", () => {
  const { changes } = stack(plans.all);
  const differences = (name: string) =>
    changes
      .find(({ address }) => address === `google_storage_bucket.${name}`)!
      .differences.filter(({ after }) => after !== "(known after apply)");
  expect(differences("renamed")).toEqual([
    { path: "name", before: '"renamed"', after: '"renamed-2"', forcesReplacement: true },
  ]);
  expect(differences("updated").map(({ path, before, after }) => [path, before, after])).toEqual([
    ["effective_labels.tier", '"old"', '"new"'],
    ["labels.tier", '"old"', '"new"'],
    ["terraform_labels.tier", '"old"', '"new"'],
  ]);
});

test("drift that fed the plan, and drift that did not", () => {
  const drift = stack(plans.all).drift.map(({ address, kind, fedThePlan }) => [address, kind, fedThePlan]);
  expect(drift).toEqual([
    ["google_storage_bucket.ignored", "update", false],
    ["google_storage_bucket.read_by_others", "update", true],
  ]);
});

test("outputs and checks", () => {
  const { outputs, checks } = stack(plans.all);
  expect(outputs.map(({ name, before, after }) => [name, before, after])).toEqual([
    ["changed", '"old"', '"new"'],
    ["created", null, "(known after apply)"],
    ["in_part", null, '{"name":"created","id":"(known after apply)"}'],
    ["removed", '"old"', null],
    ["secret", "(sensitive value)", "(sensitive value)"],
  ]);
  expect(checks).toEqual([
    { address: "check.cannot_be_known", status: "unknown", problems: [] },
    { address: "check.fails", status: "fail", problems: ["The tier is new."] },
    { address: "check.passes", status: "pass", problems: [] },
  ]);
});

test("secrets are masked where they are marked, and where Terraform itself prints them", () => {
  expect(plans.all.planned.text).toContain("canary-of-the-default");
  const { differences } = stack(plans.all).changes.find(({ address }) => address === "terraform_data.with_secrets")!;
  expect(differences.map(({ path, before, after }) => [path, before, after])).toEqual([
    ["input.list", "(sensitive value)", "(sensitive value)"],
    ["input.password", "(sensitive value)", "(sensitive value)"],
    ["input.base64", null, '"dXNlcjp(sensitive value)Q="'],
    ["input.json", null, '"{\\"token\\":\\"(sensitive value)\\"}"'],
    ["input.pin", null, "(sensitive value)"],
    ["output", '{"list":["plain","(sensitive value)"],"password":"(sensitive value)"}', "(known after apply)"],
  ]);
  expect(JSON.stringify(review(plans.all))).not.toContain("canary");
});

test("nothing to do is no changes; to record drift is one, as Terraform's own exit code says", () => {
  expect([plans.empty.planned.code, review(plans.empty).outcome]).toEqual([0, "no changes"]);
  expect([plans.refresh.planned.code, review(plans.refresh).outcome]).toEqual([2, "changes"]);
  expect(stack(plans.refresh)).toMatchObject({ changes: [], counts: {} });
});

test("a plan of some objects only is incomplete", () => {
  expect(stack(plans.target)).toMatchObject({ status: "incomplete", counts: { update: 1 } });
  expect(review(plans.target).outcome).not.toBe("no changes");
});

test("a failed precondition leaves a plan with errors: its changes are shown, and it has failed", () => {
  expect(plans.failed.planned).toMatchObject({
    code: 1,
    text: expect.stringContaining("The input must be old."),
  });
  expect(stack(plans.failed).status).toBe("errored");
  expect(review(plans.failed).outcome).toBe("failed");
  const addresses = (plan: RealPlan) => stack(plan).changes.map(({ address }) => address);
  expect(addresses(plans.all)).toEqual(expect.arrayContaining(addresses(plans.failed)));
});
