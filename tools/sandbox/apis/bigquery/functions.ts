/**
 * Functions of GoogleSQL that the sandbox evaluates. The transpiler maps most of them rightly, some wrongly and some not at all: only
 * those that tests/sandbox/apis/bigquery/functions.test.ts compares with documented results are let through.
 */
export const evaluated: ReadonlySet<string> = new Set(
  (
    "ABS ANY_VALUE APPROX_COUNT_DISTINCT APPROX_QUANTILES ARRAY ARRAY_AGG ARRAY_LENGTH AVG CAST CEIL CEILING COALESCE " +
    "CONCAT COUNT COUNTIF DATE DATE_ADD DATE_DIFF DATE_SUB DATE_TRUNC DENSE_RANK DIV ENDS_WITH EXP EXTRACT FARM_FINGERPRINT " +
    "FIRST_VALUE FLOOR FORMAT_TIMESTAMP GENERATE_ARRAY GREATEST IF IFNULL JSON_VALUE LAG LAST_VALUE LEAD LEAST LENGTH LN LOG10 " +
    "LOGICAL_AND LOGICAL_OR LOWER MAX MD5 MIN MOD NTILE NULLIF PARSE_JSON PERCENTILE_CONT POW POWER RANK REGEXP_CONTAINS " +
    "REGEXP_EXTRACT REPLACE ROUND ROW_NUMBER SAFE_CAST SAFE_DIVIDE SHA256 SIGN SPLIT SQRT STARTS_WITH STDDEV STDDEV_SAMP STRUCT SUBSTR " +
    "SUM TIMESTAMP TIMESTAMP_ADD TIMESTAMP_DIFF TIMESTAMP_MICROS TIMESTAMP_MILLIS TIMESTAMP_SECONDS TIMESTAMP_SUB TIMESTAMP_TRUNC " +
    "TO_HEX TO_JSON_STRING TRIM TRUNC UNIX_MICROS UNIX_MILLIS UNIX_SECONDS UNNEST UPPER VARIANCE VAR_SAMP"
  ).split(" "),
);

/** Words before a parenthesis that call nothing. */
export const keywords: ReadonlySet<string> = new Set(
  (
    "ALL AND AS BETWEEN BY CASE CROSS DISTINCT ELSE EXCEPT EXISTS FROM GROUP HAVING IN INSERT INTERSECT INTO INTERVAL JOIN LIMIT NOT OFFSET ON " +
    "OR ORDER OVER PARTITION QUALIFY SAFE_OFFSET SELECT SET THEN UNION USING VALUES WHEN WHERE WITH"
  ).split(" "),
);

/** Functions that the transpiler gets wrong, with what they mean to the engine. */
export const macros: Readonly<Record<string, string>> = {
  DATE_ADD: "bq_date_add(date, step) AS CAST(date + step AS DATE)",
  DATE_SUB: "bq_date_sub(date, step) AS CAST(date - step AS DATE)",
  DATE_TRUNC: "bq_date_trunc(date, unit) AS CAST(date_trunc(unit, date) AS DATE)",
  JSON_VALUE: "bq_json_value(json, path) AS json ->> path",
  REGEXP_CONTAINS: "bq_regexp_contains(text, pattern) AS regexp_matches(text, pattern)",
  REGEXP_EXTRACT:
    "bq_regexp_extract(text, pattern) AS CASE WHEN regexp_matches(text, pattern) THEN CASE WHEN regexp_matches(pattern, " +
    "'(^|[^\\\\])[(][^?]') THEN regexp_extract(text, pattern, 1) ELSE regexp_extract(text, pattern, 0) END END",
  TIMESTAMP_DIFF:
    "bq_timestamp_diff(a, b, unit) AS date_sub(unit, CAST(CAST(b AS TIMESTAMPTZ) AS TIMESTAMP), CAST(CAST(a AS TIMESTAMPTZ) AS TIMESTAMP))",
  TIMESTAMP_MILLIS: "bq_timestamp_millis(value) AS make_timestamptz(CAST(value AS BIGINT) * 1000)",
  TIMESTAMP_MICROS: "bq_timestamp_micros(value) AS make_timestamptz(CAST(value AS BIGINT))",
  TO_JSON_STRING: "bq_to_json_string(value) AS CAST(to_json(value) AS VARCHAR)",
};

/** Functions of those whose last argument is a bare unit, such as `HOUR`. */
export const withUnit: ReadonlySet<string> = new Set(["DATE_TRUNC", "TIMESTAMP_DIFF"]);
