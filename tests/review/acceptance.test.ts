import type { Acknowledgement as PolicyAcknowledgement } from "../../policies/acknowledge";
import { acceptance } from "../../tools/review/acceptance";
import type { Acknowledgement } from "../../tools/review/acknowledgements";
import { decodePlan } from "../../tools/review/plan/decode";
import type { Review, ReviewFinding } from "../../tools/review/review";
import { reviewPlans } from "../../tools/review/review-plans";

const stack = "dev-churn-ingestion";
const raw = "google_bigquery_table.Raw_1A2B3C4D";
const today = "2026-11-24";

function destroyed(address: string, actions: readonly string[] = ["delete"]) {
  const before = { table_id: "raw", deletion_protection: false };
  const [type, name] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/google",
    change: { actions, before, after: actions.includes("create") ? { ...before, table_id: "raw_v2" } : null },
  };
}

interface Given {
  readonly changes?: readonly unknown[];
  readonly acknowledgements?: readonly Acknowledgement[];
  readonly policies?: readonly PolicyAcknowledgement[];
}

function review({ changes = [destroyed(raw)], acknowledgements = [], policies = [] }: Given): Review {
  const plan = decodePlan("plan.json", {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: changes,
    complete: true,
    errored: false,
  });
  return reviewPlans([{ name: stack, plan }], {
    failOn: "high",
    acceptance: acceptance({ acknowledgements, policies, today }),
  });
}

/** Accepts what was found about a table, until the end of the year. */
function accepting(found: Review, special: Partial<Acknowledgement> = {}): Acknowledgement {
  const { rule, address, digest } = found.findings.find((each) => each.rule === "data/destroyed")!;
  return {
    rule,
    stack,
    address,
    digest,
    reason: "The table was copied to raw_v2",
    expires: "2026-12-31",
    where: "review.yaml:2",
    ...special,
  };
}

const about = ({ findings }: Review, rule: string): ReviewFinding[] => findings.filter((each) => each.rule === rule);
const open = ({ findings }: Review) =>
  findings.filter(({ acknowledged }) => acknowledged === null).map(({ rule, address }) => `${rule} ${address}`);

test("what is accepted stays visible, comes last and does not block", () => {
  const kept = { ...destroyed("google_service_account.Reader"), change: { actions: ["no-op"], before: {}, after: {} } };
  const changes = [destroyed(raw), kept, destroyed("google_storage_notification.Landing")];
  const found = review({ changes });
  expect(found.outcome).toBe("blocked");

  const accepted = review({ changes, acknowledgements: [accepting(found, { acknowledgedBy: "Kim" })] });
  expect(open(accepted)).toEqual(["serving/work-stops google_storage_notification.Landing"]);
  expect(accepted.outcome).toBe("changes");
  expect(accepted.findings).toHaveLength(found.findings.length);
  expect(accepted.findings.at(-1)).toMatchObject({
    rule: "data/destroyed",
    acknowledged: { reason: "The table was copied to raw_v2", expires: "2026-12-31", acknowledgedBy: "Kim" },
  });
});

test("it holds for the last day, and is open again on the next", () => {
  const found = review({});
  expect(review({ acknowledgements: [accepting(found, { expires: today })] }).outcome).toBe("changes");

  const expired = review({ acknowledgements: [accepting(found, { expires: "2026-11-23" })] });
  expect(expired.outcome).toBe("blocked");
  expect(about(expired, "acknowledgement/expired")).toEqual([
    expect.objectContaining({
      severity: "medium",
      stack,
      address: raw,
      message:
        "the acknowledgement of data/destroyed in review.yaml:2 expired on 2026-11-23: mend what it is about, or give it a new date and reason",
    }),
  ]);
});

test("another change of the same object is not accepted: both digests are named", () => {
  const accepted = accepting(review({}));
  const replaced = review({ changes: [destroyed(raw, ["delete", "create"])], acknowledgements: [accepted] });
  const now = about(replaced, "data/destroyed")[0]!;

  expect(now).toMatchObject({ severity: "critical", acknowledged: null });
  expect(now.digest).not.toBe(accepted.digest);
  expect(replaced.outcome).toBe("blocked");
  expect(about(replaced, "acknowledgement/changed").map(({ message }) => message)).toEqual([
    `the acknowledgement of data/destroyed in review.yaml:2 accepts another change: its digest is ${accepted.digest}, that of the change is now ${now.digest}; read what changes, then acknowledge that or remove it`,
  ]);
});

test("a change that destroys more is blocked again, and what was accepted stays accepted", () => {
  const accepted = accepting(review({}));
  const other = "google_bigquery_table.Sessions_5E6F7A8B";
  const worse = review({
    changes: [destroyed(raw), destroyed(other, ["create", "delete"])],
    acknowledgements: [accepted],
  });

  expect(worse.outcome).toBe("blocked");
  expect(open(worse)).toContain(`data/destroyed ${other}`);
  expect(open(worse)).not.toContain(`data/destroyed ${raw}`);
  expect(about(worse, "acknowledgement/changed")).toEqual([]);
});

test("the digest of a finding does not depend on what else changes, nor on the order", () => {
  const others = ["google_service_account.Reader", "google_pubsub_topic.Events"].map((address) => destroyed(address));
  const alone = accepting(review({}));

  expect(accepting(review({ changes: [...others, destroyed(raw)] })).digest).toBe(alone.digest);
  expect(accepting(review({ changes: [destroyed(raw), ...others.toReversed()] })).digest).toBe(alone.digest);
});

test("one that is not needed, and one of a rule that does not exist, are findings", () => {
  const found = review({});
  const stale = review({
    acknowledgements: [
      accepting(found),
      accepting(found, { address: "google_bigquery_table.Raw_1A2B3C4E", where: "review.yaml:8" }),
      accepting(found, { rule: "data/destroid", where: "review.yaml:14" }),
    ],
  });

  expect(about(stale, "acknowledgement/unused").map(({ severity, message }) => [severity, message])).toEqual([
    [
      "low",
      "the acknowledgement of data/destroyed in review.yaml:8 matches no finding: remove it, did you mean 'google_bigquery_table.Raw_1A2B3C4D'?",
    ],
  ]);
  expect(about(stale, "acknowledgement/unknown-rule").map(({ severity, message }) => [severity, message])).toEqual([
    [
      "medium",
      "the acknowledged rule in review.yaml:14 must be a rule of the review, got 'data/destroid', did you mean 'data/destroyed'?",
    ],
  ]);
  expect(stale.outcome).toBe("changes");
});

test("nothing is said of stacks that have no plan here", () => {
  const elsewhere = accepting(review({}), { stack: "prod-churn-ingestion", expires: "2026-01-01" });

  expect(review({ acknowledgements: [elsewhere] }).findings).toEqual(review({}).findings);
});

describe("what an environment accepts of policies", () => {
  const bucket = {
    ...destroyed("google_storage_bucket.Landing_F95672E9", ["create"]),
    change: {
      actions: ["create"],
      before: null,
      after: { name: "acme-landing", location: "EUROPE-WEST4", force_destroy: true },
    },
  };
  const changes = [bucket];
  const byPolicy = (address: string, expires?: string): PolicyAcknowledgement => ({
    policy: "platform/data-is-kept",
    address,
    reason: "deletionProtection: false",
    ...(expires !== undefined && { expires }),
  });
  const kept = (given: Given) =>
    about(review({ changes, ...given }), "platform/data-is-kept").map((each) => each.acknowledged);

  test("holds in the review, whatever the digest, and for as long as it does", () => {
    expect(kept({})).toEqual([null]);
    expect(kept({ policies: [byPolicy("dev-*")] })).toEqual([
      { reason: "deletionProtection: false", expires: null, acknowledgedBy: null },
    ]);
    expect(kept({ policies: [byPolicy("prod-*")] })).toEqual([null]);
    expect(kept({ policies: [byPolicy("dev-*", "2026-11-23")] })).toEqual([null]);
  });

  test("holds for policies alone: a rule of the review is accepted with its digest or not at all", () => {
    const everything: PolicyAcknowledgement = { ...byPolicy("*"), policy: "data/destroyed" };

    expect(review({ policies: [everything] }).outcome).toBe("blocked");
  });
});
