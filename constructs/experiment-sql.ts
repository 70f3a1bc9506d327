import { criticalChiSquare } from "./chi-square";
import { normalQuantile } from "./normal-quantile";

/** A part of the units that one thing answers for. */
export interface ExperimentGroup {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Percent of units, in steps of 0.01. */
  readonly share: number;
}

export interface AnalysisSettings {
  readonly groups: readonly ExperimentGroup[];
  /** Name of the group that the others are compared with. */
  readonly control: string;
  /** Day (UTC) before which exposures do not count: `2026-09-01`. */
  readonly start: string;
  /** Query with a row per outcome: the column of `unit`, `outcome`, `occurred_at`. */
  readonly outcomeQuery: string;
  /** Column of that query with the unit. */
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** Days after the first exposure in which a unit's outcomes are added up. */
  readonly windowDays: number;
  /** Units per group below which no verdict is made. */
  readonly minimumUnits: number;
}

/** Chance that any interval of an experiment misses what it is about. */
const errorRate = 0.05;

/** Expected units of a group below which the chi-square test is not valid. */
const leastExpected = 5;

/** Units are dealt to so many buckets: a share of 0.01 % is one of them. */
const buckets = 10_000;

/**
 * Expression over `unit` that gives its group, the same one always; null for null. Not `MOD(ABS(hash), n)`: ABS overflows for the least
 * INT64, which is a hash like any other. The last two digits of the hash come first in the number of the bucket, so that a share in
 * whole percent is decided by them alone.
 */
export function assignmentSql(salt: string, groups: readonly ExperimentGroup[]): string {
  let below = 0;
  const cases = groups.map(
    ({ name, share }) => `  WHEN bucket < ${(below += Math.round((share * buckets) / 100))} THEN '${name}'`,
  );
  const digits = `MOD(MOD(FARM_FINGERPRINT('${salt}:' || unit), ${buckets}) + ${buckets}, ${buckets})`;
  return `(SELECT CASE
${cases.join("\n")}
END
FROM (SELECT MOD(digits, 100) * 100 + DIV(digits, 100) AS bucket FROM (SELECT ${digits} AS digits)))`;
}

/**
 * Standard errors on either side of a difference, so that with the declared chance all intervals of an experiment hold at once: each of
 * the groups that are compared with the control gets its part of the error (Bonferroni).
 */
function deviations(groups: number): string {
  return normalQuantile(1 - errorRate / (groups - 1) / 2).toFixed(6);
}

/** Query with a row per group: its units, its mean, the difference from the control, whether the sizes are right, and a verdict. */
export function analysisSql(exposures: string, settings: AnalysisSettings): string {
  const { groups, control, start, outcomeQuery, unit, better, windowDays, minimumUnits } = settings;
  const declared = groups
    .map(
      ({ name, share }) =>
        `SELECT '${name}' AS experiment_group, CAST(${share} AS FLOAT64) AS share, ${name === control} AS is_control`,
    )
    .join("\n  UNION ALL ");
  const [isBetter, isWorse] =
    better === "higher"
      ? ["difference - margin > 0", "difference + margin < 0"]
      : ["difference + margin < 0", "difference - margin > 0"];
  return `WITH declared AS (
  ${declared}
), units AS (
  SELECT exposure.unit, MIN(exposure.exposed_at) AS exposed_at, MIN(exposure.experiment_group) AS experiment_group
  FROM \`${exposures}\` AS exposure
  WHERE exposure.exposed_at >= TIMESTAMP '${start} 00:00:00+00'
  GROUP BY exposure.unit
  HAVING COUNT(DISTINCT exposure.experiment_group) = 1
), outcomes AS (
  SELECT CAST(${unit} AS STRING) AS unit, CAST(outcome AS FLOAT64) AS outcome, occurred_at
  FROM (
${outcomeQuery.trim().replace(/;$/, "")}
  )
), totals AS (
  SELECT units.unit, units.experiment_group, COALESCE(SUM(outcomes.outcome), 0) AS total
  FROM units
  LEFT JOIN outcomes
    ON outcomes.unit = units.unit
    AND outcomes.occurred_at >= units.exposed_at
    AND outcomes.occurred_at < TIMESTAMP_ADD(units.exposed_at, INTERVAL ${windowDays} DAY)
  WHERE units.exposed_at <= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL ${windowDays} DAY)
  GROUP BY units.unit, units.experiment_group
), exposed AS (
  SELECT experiment_group, COUNT(*) AS exposed_units FROM units GROUP BY experiment_group
), measured AS (
  SELECT experiment_group, COUNT(*) AS n, AVG(total) AS mean, VAR_SAMP(total) AS variance
  FROM totals
  GROUP BY experiment_group
), sized AS (
  SELECT
    declared.experiment_group, declared.share, declared.is_control, measured.mean,
    SAFE_DIVIDE(measured.variance, measured.n) AS variance_of_mean,
    COALESCE(exposed.exposed_units, 0) AS exposed_units,
    COALESCE(measured.n, 0) AS n,
    SUM(COALESCE(exposed.exposed_units, 0)) OVER () * declared.share / 100 AS expected_units
  FROM declared
  LEFT JOIN exposed ON exposed.experiment_group = declared.experiment_group
  LEFT JOIN measured ON measured.experiment_group = declared.experiment_group
), checked AS (
  SELECT
    *,
    SUM(SAFE_DIVIDE(POW(exposed_units - expected_units, 2), expected_units)) OVER () AS chi_square,
    MIN(expected_units) OVER () AS least_expected_units
  FROM sized
), compared AS (
  SELECT
    checked.*,
    control.n AS control_n,
    control.mean AS control_mean,
    checked.mean - control.mean AS difference,
    ${deviations(groups.length)} * SQRT(checked.variance_of_mean + control.variance_of_mean) AS margin,
    checked.least_expected_units >= ${leastExpected} AND checked.chi_square > ${criticalChiSquare(groups.length - 1)} AS ratio_mismatch
  FROM checked
  CROSS JOIN (SELECT n, mean, variance_of_mean FROM checked WHERE is_control) AS control
)
SELECT
  experiment_group,
  is_control,
  share,
  exposed_units,
  n,
  mean,
  IF(is_control, NULL, difference) AS difference,
  IF(is_control, NULL, difference - margin) AS difference_low,
  IF(is_control, NULL, difference + margin) AS difference_high,
  IF(is_control, NULL, SAFE_DIVIDE(difference, ABS(control_mean))) AS lift,
  chi_square,
  COALESCE(ratio_mismatch, FALSE) AS ratio_mismatch,
  CASE
    WHEN is_control THEN NULL
    WHEN ratio_mismatch THEN 'ratio-mismatch'
    WHEN LEAST(n, control_n) < ${minimumUnits} THEN 'too-few'
    WHEN ${isBetter} THEN 'better'
    WHEN ${isWorse} THEN 'worse'
    ELSE 'no-difference'
  END AS verdict
FROM compared
`;
}
