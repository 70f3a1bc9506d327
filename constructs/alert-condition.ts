import type { MonitoringAlertPolicyConditions } from "@cdktf/provider-google/lib/monitoring-alert-policy";

/** How points of a time series become one value per alignment period. */
export type Aligner =
  "ALIGN_RATE" | "ALIGN_DELTA" | "ALIGN_MAX" | "ALIGN_MEAN" | "ALIGN_PERCENTILE_95" | "ALIGN_PERCENTILE_99";

export interface ThresholdProps {
  /** What people read in the incident. */
  readonly displayName: string;
  /** Monitoring filter that selects the time series. */
  readonly filter: string;
  readonly above: number;
  /** Seconds for which it must stay above: a multiple of 60. */
  readonly forSeconds: number;
  readonly aligner: Aligner;
  /**
   * Joins the time series to one.
   * @default - every time series is looked at by itself
   */
  readonly reducer?: "REDUCE_SUM" | "REDUCE_MAX";
  /**
   * Whether a time series without data is not above the threshold.
   * @default - it stays what it was
   */
  readonly silenceIsFine?: boolean;
}

export interface RatioProps extends Omit<ThresholdProps, "aligner" | "reducer" | "silenceIsFine"> {
  /** Monitoring filter of the whole that `filter` is a part of. */
  readonly totalFilter: string;
  /**
   * Labels whose values are looked at apart, such as `metric.label.deployed_model_id`.
   * @default - all time series are joined to one
   */
  readonly groupBy?: readonly string[];
}

/** What an alert policy looks for. */
export class AlertCondition {
  /** A value above a threshold. */
  static above(props: ThresholdProps): AlertCondition {
    return new AlertCondition({
      displayName: props.displayName,
      conditionThreshold: {
        filter: props.filter,
        comparison: "COMPARISON_GT",
        thresholdValue: props.above,
        duration: `${props.forSeconds}s`,
        aggregations: [
          {
            alignmentPeriod: "60s",
            perSeriesAligner: props.aligner,
            ...(props.reducer && { crossSeriesReducer: props.reducer }),
          },
        ],
        trigger: { count: 1 },
        ...(props.silenceIsFine && { evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE" }),
      },
    });
  }

  /** The share of one rate in another above a threshold; without traffic there is no share and no alert. */
  static ratioAbove(props: RatioProps): AlertCondition {
    const rate = [
      {
        alignmentPeriod: "300s",
        perSeriesAligner: "ALIGN_RATE",
        crossSeriesReducer: "REDUCE_SUM",
        ...(props.groupBy && { groupByFields: [...props.groupBy] }),
      },
    ];
    return new AlertCondition({
      displayName: props.displayName,
      conditionThreshold: {
        filter: props.filter,
        denominatorFilter: props.totalFilter,
        comparison: "COMPARISON_GT",
        thresholdValue: props.above,
        duration: `${props.forSeconds}s`,
        aggregations: rate,
        denominatorAggregations: rate,
        trigger: { count: 1 },
        evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
      },
    });
  }

  /** Time series that had data and have had none for a while: 120 s to 84,600 s, in multiples of 60. */
  static absent(props: { displayName: string; filter: string; forSeconds: number }): AlertCondition {
    return new AlertCondition({
      displayName: props.displayName,
      conditionAbsent: {
        filter: props.filter,
        duration: `${props.forSeconds}s`,
        aggregations: [{ alignmentPeriod: "300s", perSeriesAligner: "ALIGN_RATE", crossSeriesReducer: "REDUCE_SUM" }],
        trigger: { count: 1 },
      },
    });
  }

  /** The error budget of an objective spent faster than `above` times what would just use it up. */
  static burnRate(props: { objectiveName: string; windowSeconds: number; above: number }): AlertCondition {
    return new AlertCondition({
      displayName: `burn rate over ${props.windowSeconds / 60} minutes`,
      conditionThreshold: {
        filter: `select_slo_burn_rate("${props.objectiveName}", "${props.windowSeconds}s")`,
        comparison: "COMPARISON_GT",
        thresholdValue: props.above,
        duration: "0s",
        trigger: { count: 1 },
      },
    });
  }

  /** A log entry. */
  static logged(props: { displayName: string; filter: string }): AlertCondition {
    return new AlertCondition({
      displayName: props.displayName,
      conditionMatchedLog: { filter: props.filter },
    });
  }

  private constructor(readonly config: MonitoringAlertPolicyConditions) {}
}
