import { AlertCondition, type Aligner } from "../../constructs/alert-condition";

const threshold = { displayName: "too many", filter: 'metric.type="a"', above: 5, forSeconds: 300 };
const rate = { alignmentPeriod: "300s", perSeriesAligner: "ALIGN_RATE", crossSeriesReducer: "REDUCE_SUM" };

test("a value above a threshold is looked at by the minute, every time series by itself", () => {
  expect(AlertCondition.above({ ...threshold, aligner: "ALIGN_MAX" }).config).toEqual({
    displayName: "too many",
    conditionThreshold: {
      filter: 'metric.type="a"',
      comparison: "COMPARISON_GT",
      thresholdValue: 5,
      duration: "300s",
      aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_MAX" }],
      trigger: { count: 1 },
    },
  });
});

test("time series can be joined to one", () => {
  const { config } = AlertCondition.above({ ...threshold, aligner: "ALIGN_RATE", reducer: "REDUCE_SUM" });
  expect(config).toMatchObject({
    conditionThreshold: { aggregations: [{ perSeriesAligner: "ALIGN_RATE", crossSeriesReducer: "REDUCE_SUM" }] },
  });
});

test("a time series without data can be one below the threshold", () => {
  const { config } = AlertCondition.above({ ...threshold, aligner: "ALIGN_MAX", silenceIsFine: true });
  expect(config).toMatchObject({ conditionThreshold: { evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE" } });
});

test.each<Aligner>([
  "ALIGN_RATE",
  "ALIGN_DELTA",
  "ALIGN_MAX",
  "ALIGN_MEAN",
  "ALIGN_PERCENTILE_95",
  "ALIGN_PERCENTILE_99",
])("points can be joined by %s", (aligner) => {
  expect(AlertCondition.above({ ...threshold, aligner }).config).toMatchObject({
    conditionThreshold: { aggregations: [{ perSeriesAligner: aligner }] },
  });
});

test("a share compares two rates, and is no incident without traffic", () => {
  expect(AlertCondition.ratioAbove({ ...threshold, above: 0.05, totalFilter: 'metric.type="b"' }).config).toEqual({
    displayName: "too many",
    conditionThreshold: {
      filter: 'metric.type="a"',
      denominatorFilter: 'metric.type="b"',
      comparison: "COMPARISON_GT",
      thresholdValue: 0.05,
      duration: "300s",
      aggregations: [rate],
      denominatorAggregations: [rate],
      trigger: { count: 1 },
      evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
    },
  });
});

test("silence is looked for in all time series together", () => {
  expect(AlertCondition.absent({ displayName: "silence", filter: "f", forSeconds: 3600 }).config).toEqual({
    displayName: "silence",
    conditionAbsent: { filter: "f", duration: "3600s", aggregations: [rate], trigger: { count: 1 } },
  });
});

test("a burn rate is read from the objective and counts at once", () => {
  expect(AlertCondition.burnRate({ objectiveName: "slo", windowSeconds: 3600, above: 14.4 }).config).toEqual({
    displayName: "burn rate over 60 minutes",
    conditionThreshold: {
      filter: 'select_slo_burn_rate("slo", "3600s")',
      comparison: "COMPARISON_GT",
      thresholdValue: 14.4,
      duration: "0s",
      trigger: { count: 1 },
    },
  });
});

test("a log entry is matched by its filter", () => {
  expect(AlertCondition.logged({ displayName: "failed", filter: "severity>=ERROR" }).config).toEqual({
    displayName: "failed",
    conditionMatchedLog: { filter: "severity>=ERROR" },
  });
});
