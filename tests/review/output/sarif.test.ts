import { reviewSarif } from "../../../tools/review/output/sarif";
import { exampleReview, failedReview, finding, review } from "../support/example-review";

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly unknown[];
    readonly results: readonly Record<string, unknown>[];
  }[];
}

const runOf = (text: string) => (JSON.parse(text) as Sarif).runs[0]!;

test("a finding is a result with its rule, place, digest and file", () => {
  const { results, tool } = runOf(reviewSarif(exampleReview, { fileOf: () => "teams/churn/team.yaml" }));
  expect(results[0]).toEqual({
    ruleId: "data/destroyed",
    ruleIndex: 0,
    level: "error",
    message: {
      text: "google_bigquery_dataset.Curated_4F1E2D3C: a BigQuery dataset is destroyed, and made again empty. Is there a copy, and does nobody read it any longer?",
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "teams/churn/team.yaml" }, region: { startLine: 1 } },
        logicalLocations: [
          {
            name: "google_bigquery_dataset.Curated_4F1E2D3C",
            fullyQualifiedName: "dev-churn-ingestion/Curated/Resource",
            kind: "resource",
          },
        ],
      },
    ],
    partialFingerprints: { "mlpReview/v1": "d".repeat(64) },
    properties: { severity: "critical", stack: "dev-churn-ingestion" },
  });
  expect(results.map(({ level }) => level)).toEqual(["error", "error", "warning", "note", "error"]);
  expect(results.map(({ ruleId, ruleIndex }) => tool.driver.rules[Number(ruleIndex)]!.id === ruleId)).not.toContain(
    false,
  );
});

test("what is accepted is suppressed with its reason", () => {
  expect(runOf(reviewSarif(exampleReview)).results.at(-1)!["suppressions"]).toEqual([
    { kind: "external", status: "accepted", justification: "copied to events_v2 on 3 November" },
  ]);
});

test("without a file there is a logical location alone", () => {
  const [location] = runOf(reviewSarif(exampleReview)).results[0]!["locations"] as object[];
  expect(Object.keys(location!)).toEqual(["logicalLocations"]);
});

test("a failed plan is an execution that failed, not an empty list", () => {
  expect(runOf(reviewSarif(exampleReview)).invocations).toEqual([
    { executionSuccessful: true, toolExecutionNotifications: [] },
  ]);
  expect(runOf(reviewSarif(failedReview)).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: expect.stringMatching(/^dev-churn-monitoring: failed: Error: Invalid value/) as string },
        },
      ],
    },
  ]);
});

test("at most 5,000 results, the worst of them", () => {
  const many = Array.from({ length: 5_001 }, (_, index) =>
    finding({ address: `a.b${index}`, severity: index === 5_000 ? "info" : "high" }),
  );
  const { results } = runOf(reviewSarif(review({ findings: many })));
  expect(results).toHaveLength(5_000);
  expect(results.some(({ level }) => level === "note")).toBe(false);
});

test("brackets make no links, and what is invisible is told", () => {
  const [result] = runOf(
    reviewSarif(review({ findings: [finding({ address: "a.b", message: "[x](https://evil)\u202e" })] })),
  ).results;
  expect(result!["message"]).toEqual({ text: expect.stringContaining("[x] (https://evil)\\u{202e}") as string });
});
