import { evaluated } from "../../../../tools/sandbox/apis/bigquery/functions";
import { Acme, refusal } from "../support/acme";

const acme = new Acme();

const value = async (expression: string): Promise<unknown> => {
  const query = /^\s*(SELECT|WITH)/.test(expression) ? expression : `SELECT ${expression}`;
  const answer = await acme.call("POST", "https://bigquery.googleapis.com/bigquery/v2/projects/acme/queries", {
    query,
    useLegacySql: false,
    formatOptions: { useInt64Timestamp: true },
  });
  const { rows } = answer.body as { rows?: { f: { v: unknown }[] }[] };
  return rows ? plain(rows[0]!.f[0]!.v) : refusal(answer);
};

const plain = (v: unknown): unknown => (Array.isArray(v) ? v.map((item) => plain((item as { v: unknown }).v)) : v);

const t = (text: string) => String(Date.parse(text) * 1_000);
const numbers = "FROM UNNEST([1, 2, 3, 4]) AS n";

/** Expressions with what BigQuery's documentation says of them. */
const cases: Readonly<Record<string, readonly (readonly [expression: string, result: unknown])[]>> = {
  ABS: [["ABS(-3)", "3"]],
  ANY_VALUE: [["ANY_VALUE(n HAVING MAX -n) FROM UNNEST([1, 2, 3, 4]) AS n", "1"]],
  APPROX_COUNT_DISTINCT: [["APPROX_COUNT_DISTINCT(n) FROM UNNEST([1, 1, 2]) AS n", "2"]],
  APPROX_QUANTILES: [["APPROX_QUANTILES(n, 100)[OFFSET(95)] FROM UNNEST(GENERATE_ARRAY(0, 100)) AS n", "95"]],
  ARRAY: [["ARRAY(SELECT n * 2 FROM UNNEST([1, 2]) AS n)", ["2", "4"]]],
  ARRAY_AGG: [["ARRAY_AGG(n ORDER BY n DESC) FROM UNNEST([1, 3, 2]) AS n", ["3", "2", "1"]]],
  ARRAY_LENGTH: [["ARRAY_LENGTH([4, 5, 6])", "3"]],
  AVG: [[`AVG(n) ${numbers}`, "2.5"]],
  CAST: [
    ["CAST('12' AS INT64)", "12"],
    ["CAST(12 AS STRING)", "12"],
  ],
  CEIL: [["CEIL(1.2)", "2"]],
  CEILING: [["CEILING(1.2)", "2"]],
  COALESCE: [["COALESCE(NULL, 3)", "3"]],
  CONCAT: [["CONCAT('a', 'b')", "ab"]],
  COUNT: [
    [`COUNT(*) ${numbers}`, "4"],
    ["COUNT(DISTINCT n) FROM UNNEST([1, 1]) AS n", "1"],
  ],
  COUNTIF: [[`COUNTIF(n > 2) ${numbers}`, "2"]],
  DATE: [
    ["DATE(TIMESTAMP '2026-01-05 23:30:00+00')", "2026-01-05"],
    ["DATE(2026, 1, 5)", "2026-01-05"],
  ],
  DATE_ADD: [["DATE_ADD(DATE '2026-01-31', INTERVAL 1 DAY)", "2026-02-01"]],
  DATE_DIFF: [["DATE_DIFF(DATE '2026-02-01', DATE '2026-01-01', DAY)", "31"]],
  DATE_SUB: [["DATE_SUB(DATE '2026-02-01', INTERVAL 1 DAY)", "2026-01-31"]],
  DATE_TRUNC: [["DATE_TRUNC(DATE '2026-02-17', MONTH)", "2026-02-01"]],
  DENSE_RANK: [["MAX(r) FROM (SELECT DENSE_RANK() OVER (ORDER BY n) AS r FROM UNNEST([1, 1, 2]) AS n)", "2"]],
  DIV: [["DIV(7, 2)", "3"]],
  ENDS_WITH: [["ENDS_WITH('abc', 'bc')", "true"]],
  EXP: [["EXP(0)", "1"]],
  EXTRACT: [["EXTRACT(HOUR FROM TIMESTAMP '2026-01-05 23:30:00+00')", "23"]],
  FARM_FINGERPRINT: [
    ["FARM_FINGERPRINT(CONCAT(CAST(1 AS STRING), 'foo', 'true'))", "-1541654101129638711"],
    ["FARM_FINGERPRINT(CONCAT(CAST(2 AS STRING), 'apple', 'false'))", "2794438866806483259"],
    ["FARM_FINGERPRINT(CONCAT(CAST(3 AS STRING), '', 'true'))", "-4880158226897771312"],
  ],
  FIRST_VALUE: [["FIRST_VALUE(n) OVER (ORDER BY n DESC) FROM UNNEST([1, 2]) AS n", "2"]],
  FLOOR: [["FLOOR(1.8)", "1"]],
  FORMAT_TIMESTAMP: [["FORMAT_TIMESTAMP('%Y-%m-%d %H:%M', TIMESTAMP '2026-01-05 23:30:00+00')", "2026-01-05 23:30"]],
  GENERATE_ARRAY: [["GENERATE_ARRAY(1, 3)", ["1", "2", "3"]]],
  GREATEST: [
    ["GREATEST(1, 3, 2)", "3"],
    ["GREATEST(1, NULL)", null],
  ],
  IF: [["IF(1 = 1, 'a', 'b')", "a"]],
  IFNULL: [["IFNULL(NULL, 4)", "4"]],
  JSON_VALUE: [
    [`JSON_VALUE('{"a": {"b": "x"}}', '$.a.b')`, "x"],
    [`JSON_VALUE(PARSE_JSON('{"a": 7}'), '$.a')`, "7"],
    [`JSON_VALUE('{"a": 7}', '$.b')`, null],
  ],
  LAG: [["MAX(p) FROM (SELECT LAG(n) OVER (ORDER BY n) AS p FROM UNNEST([1, 2]) AS n)", "1"]],
  LAST_VALUE: [
    [
      "LAST_VALUE(n) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM UNNEST([1, 2]) AS n",
      "2",
    ],
  ],
  LEAD: [["MAX(p) FROM (SELECT LEAD(n) OVER (ORDER BY n) AS p FROM UNNEST([1, 2]) AS n)", "2"]],
  LEAST: [["LEAST(2, 1)", "1"]],
  LENGTH: [["LENGTH('äbc')", "3"]],
  LN: [["LN(1)", "0"]],
  LOG10: [["LOG10(1000)", "3"]],
  LOGICAL_AND: [["LOGICAL_AND(n > 0) FROM UNNEST([1, 2]) AS n", "true"]],
  LOGICAL_OR: [["LOGICAL_OR(n > 1) FROM UNNEST([1, 2]) AS n", "true"]],
  LOWER: [["LOWER('AB')", "ab"]],
  MAX: [[`MAX(n) ${numbers}`, "4"]],
  MD5: [["TO_HEX(MD5('a'))", "0cc175b9c0f1b6a831c399e269772661"]],
  MIN: [[`MIN(n) ${numbers}`, "1"]],
  MOD: [
    ["MOD(25, 12)", "1"],
    ["MOD(-7, 3)", "-1"],
    ["MOD(ABS(FARM_FINGERPRINT('foo')), 100)", String(6_150_913_649_986_995_171n % 100n)],
  ],
  NTILE: [["MAX(b) FROM (SELECT NTILE(2) OVER (ORDER BY n) AS b FROM UNNEST([1, 2, 3]) AS n)", "2"]],
  NULLIF: [["NULLIF(1, 1)", null]],
  PARSE_JSON: [[`JSON_VALUE(PARSE_JSON('{"a": true}'), '$.a')`, "true"]],
  PERCENTILE_CONT: [["PERCENTILE_CONT(x, 0.5) OVER () FROM UNNEST([0, 3, NULL, 1, 2]) AS x LIMIT 1", "1.5"]],
  POW: [["POW(2, 3)", "8"]],
  POWER: [["POWER(2, 3)", "8"]],
  RANK: [["MAX(r) FROM (SELECT RANK() OVER (ORDER BY n) AS r FROM UNNEST([1, 1, 2]) AS n)", "3"]],
  REGEXP_CONTAINS: [
    ["REGEXP_CONTAINS('foo@example.com', r'@[a-z]+')", "true"],
    ["REGEXP_CONTAINS('foo', r'^bar')", "false"],
  ],
  REGEXP_EXTRACT: [
    ["REGEXP_EXTRACT('v12', r'v(\\d+)')", "12"],
    ["REGEXP_EXTRACT('v12', r'\\d+')", "12"],
    ["REGEXP_EXTRACT('v', r'\\d+')", null],
  ],
  REPLACE: [["REPLACE('abc', 'b', 'x')", "axc"]],
  ROUND: [
    ["ROUND(2.5)", "3"],
    ["ROUND(1.235, 2)", "1.24"],
  ],
  ROW_NUMBER: [["n FROM UNNEST([5, 6]) AS n WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY n DESC) = 1", "6"]],
  SAFE_CAST: [["SAFE_CAST('x' AS INT64)", null]],
  SAFE_DIVIDE: [
    ["SAFE_DIVIDE(20, 4)", "5"],
    ["SAFE_DIVIDE(1, 0)", null],
  ],
  SHA256: [["TO_HEX(SHA256('a'))", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"]],
  SIGN: [["SIGN(-25)", "-1"]],
  SPLIT: [["SPLIT('a,b', ',')", ["a", "b"]]],
  SQRT: [["SQRT(25)", "5"]],
  STARTS_WITH: [["STARTS_WITH('bar', 'b')", "true"]],
  STDDEV: [["STDDEV(n) FROM UNNEST([1, 3]) AS n", String(Math.SQRT2)]],
  STDDEV_SAMP: [["STDDEV_SAMP(n) FROM UNNEST([1, 3]) AS n", String(Math.SQRT2)]],
  STRUCT: [["STRUCT(1 AS a, 'x' AS b).b", "x"]],
  SUBSTR: [
    ["SUBSTR('apple', 2)", "pple"],
    ["SUBSTR('apple', -3, 2)", "pl"],
  ],
  SUM: [[`SUM(n) ${numbers}`, "10"]],
  TIMESTAMP: [
    ["TIMESTAMP('2026-01-05T00:00:00Z')", t("2026-01-05")],
    ["TIMESTAMP('2026-01-05 01:00:00+01')", t("2026-01-05")],
    ["TIMESTAMP(DATE '2026-01-05')", t("2026-01-05")],
  ],
  TIMESTAMP_ADD: [["TIMESTAMP_ADD(TIMESTAMP '2026-01-05 00:00:00+00', INTERVAL 10 MINUTE)", t("2026-01-05T00:10Z")]],
  TIMESTAMP_DIFF: [
    ["TIMESTAMP_DIFF(TIMESTAMP '2018-07-07 10:20:00+00', TIMESTAMP '2018-07-07 09:19:59+00', HOUR)", "1"],
    ["TIMESTAMP_DIFF(TIMESTAMP '2018-08-14 00:00:00+00', TIMESTAMP '2018-10-14 00:00:00+00', DAY)", "-61"],
    ["TIMESTAMP_DIFF(TIMESTAMP '2001-02-01 01:00:00+00', TIMESTAMP '2001-02-01 00:00:01+00', HOUR)", "0"],
  ],
  TIMESTAMP_MICROS: [["TIMESTAMP_MICROS(1230219000000000)", "1230219000000000"]],
  TIMESTAMP_MILLIS: [["TIMESTAMP_MILLIS(1230219000000)", "1230219000000000"]],
  TIMESTAMP_SECONDS: [["TIMESTAMP_SECONDS(1230219000)", "1230219000000000"]],
  TIMESTAMP_SUB: [["TIMESTAMP_SUB(TIMESTAMP '2026-01-05 00:10:00+00', INTERVAL 10 MINUTE)", t("2026-01-05")]],
  TIMESTAMP_TRUNC: [["TIMESTAMP_TRUNC(TIMESTAMP '2026-01-05 13:45:10+00', HOUR)", t("2026-01-05T13:00Z")]],
  TO_HEX: [["TO_HEX(MD5(''))", "d41d8cd98f00b204e9800998ecf8427e"]],
  TO_JSON_STRING: [["TO_JSON_STRING(STRUCT(1 AS a, 'x' AS b))", '{"a":1,"b":"x"}']],
  TRIM: [["TRIM('  a ')", "a"]],
  TRUNC: [["TRUNC(2.8)", "2"]],
  UNIX_MICROS: [["UNIX_MICROS(TIMESTAMP '2008-12-25 15:30:00+00')", "1230219000000000"]],
  UNIX_MILLIS: [["UNIX_MILLIS(TIMESTAMP '2008-12-25 15:30:00+00')", "1230219000000"]],
  UNIX_SECONDS: [["UNIX_SECONDS(TIMESTAMP '2008-12-25 15:30:00+00')", "1230219000"]],
  UNNEST: [["n FROM UNNEST([7]) AS n", "7"]],
  UPPER: [["UPPER('ab')", "AB"]],
  VARIANCE: [["VARIANCE(n) FROM UNNEST([1, 3]) AS n", "2"]],
  VAR_SAMP: [["VAR_SAMP(n) FROM UNNEST([1, 3]) AS n", "2"]],
};

test.each(Object.values(cases).flat())("%s is %j", async (expression, result) => {
  expect(await value(expression)).toEqual(result);
});

test("every function that is let through is compared here", () => {
  expect(Object.keys(cases).sort()).toEqual([...evaluated].sort());
});

test.each([
  ["MADE_UP(1)", "400 The sandbox does not evaluate the function MADE_UP at [1:8]"],
  ["ML.PREDICT(1)", "400 The sandbox does not evaluate the function ML.PREDICT at [1:11]"],
  ["SAFE.PARSE_JSON('x')", "400 The sandbox does not evaluate the function SAFE.PARSE_JSON at [1:13]"],
])("%s is refused by name", async (expression, message) => {
  expect(await value(expression)).toBe(message);
});
