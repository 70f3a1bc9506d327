import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fingerprint64 } from "farmhash-modern";

import {
  type AnalysisSettings,
  analysisSql,
  assignmentSql,
  type ExperimentGroup,
} from "../../constructs/experiment-sql";
import { Acme, refusal } from "../sandbox/apis/support/acme";

const host = "https://bigquery.googleapis.com/bigquery/v2/projects/acme";
const day = 86_400_000;
const start = Date.parse("2026-01-01T00:00:00Z");
/** The clock of Acme stands 4 days after the start. */
const now = Date.parse("2026-01-05T00:00:00Z");

const groups: readonly ExperimentGroup[] = [
  { name: "heuristic", share: 50 },
  { name: "model", share: 50 },
];

const settings: AnalysisSettings = {
  groups,
  control: "heuristic",
  start: "2026-01-01",
  outcomeQuery: "SELECT customer, amount AS outcome, paid_at AS occurred_at FROM `churn.payments`;\n",
  unit: "customer",
  better: "higher",
  windowDays: 2,
  minimumUnits: 30,
};

interface Exposure {
  readonly unit: string;
  readonly experiment_group: string;
  readonly at: number;
}

interface Outcome {
  readonly unit: string;
  readonly amount: number | null;
  readonly at: number;
}

interface Data {
  readonly exposures: readonly Exposure[];
  readonly outcomes: readonly Outcome[];
}

interface Result {
  readonly experiment_group: string;
  readonly is_control: boolean;
  readonly share: number;
  readonly exposed_units: number;
  readonly n: number;
  readonly mean: number | null;
  readonly difference: number | null;
  readonly difference_low: number | null;
  readonly difference_high: number | null;
  readonly lift: number | null;
  readonly chi_square: number | null;
  readonly ratio_mismatch: boolean;
  readonly verdict: string | null;
}

const table = (id: string, values: object) => ({
  type: "google_bigquery_table",
  id: `projects/acme/datasets/churn/tables/${id}`,
  values: { dataset_id: "churn", table_id: id, ...values },
});
const schema = (columns: Readonly<Record<string, string>>) => ({
  schema: JSON.stringify(Object.entries(columns).map(([name, type]) => ({ name, type }))),
});

/** What the view says of some data in the sandbox's BigQuery. */
async function results({ exposures, outcomes }: Data, changes: Partial<AnalysisSettings> = {}): Promise<Result[]> {
  const query = analysisSql("acme.churn.retention_exposures", { ...settings, ...changes });
  const acme = new Acme(
    {},
    { type: "google_bigquery_dataset", id: "projects/acme/datasets/churn", values: {} },
    table("retention_exposures", schema({ unit: "STRING", experiment_group: "STRING", exposed_at: "TIMESTAMP" })),
    table("payments", schema({ customer: "STRING", amount: "FLOAT64", paid_at: "TIMESTAMP" })),
    table("retention_results", { schema: "[]", view: [{ query, use_legacy_sql: false }] }),
  );
  const insert = async (id: string, rows: readonly object[]) => {
    if (rows.length > 0) {
      const body = { rows: rows.map((json) => ({ json })) };
      const answer = await acme.call("POST", `${host}/datasets/churn/tables/${id}/insertAll`, body);
      expect(answer.body).toEqual({ kind: "bigquery#tableDataInsertAllResponse" });
    }
  };
  const iso = (at: number) => new Date(at).toISOString();
  await insert(
    "retention_exposures",
    exposures.map(({ at, ...row }) => ({ ...row, exposed_at: iso(at) })),
  );
  await insert(
    "payments",
    outcomes.map(({ unit, amount, at }) => ({ customer: unit, amount, paid_at: iso(at) })),
  );
  const answer = await acme.call("POST", `${host}/queries`, {
    query: "SELECT * FROM `churn.retention_results` ORDER BY experiment_group",
    useLegacySql: false,
  });
  if (answer.status !== 200) {
    throw new Error(refusal(answer));
  }
  const body = answer.body as { schema: { fields: { name: string }[] }; rows?: { f: { v: string | null }[] }[] };
  return (body.rows ?? []).map(
    ({ f }) => Object.fromEntries(f.map(({ v }, at) => [body.schema.fields[at]!.name, typed(v)])) as unknown as Result,
  );
}

function typed(v: string | null): unknown {
  return v === null || /[a-z]{3}/.test(v) ? (v === "true" ? true : v === "false" ? false : v) : Number(v);
}

/**
 * Distances in standard errors for 1, 2 and 4 comparisons that hold together with 95 %: `NormalDist().inv_cdf(1 - 0.05 / n / 2)` of
 * Python's statistics.
 */
const distances: Readonly<Record<number, number>> = { 1: 1.959964, 2: 2.241403, 4: 2.497705 };

/** The same worked out row by row, in the words of a textbook. */
function expected({ exposures, outcomes }: Data, changes: Partial<AnalysisSettings> = {}): Partial<Result>[] {
  const { windowDays, control, groups: declared } = { ...settings, ...changes };
  const seen = new Map<string, { group: string; at: number; crossed: boolean }>();
  for (const { unit, experiment_group: group, at } of exposures.filter((each) => each.at >= start)) {
    const before = seen.get(unit);
    seen.set(unit, {
      group,
      at: Math.min(at, before?.at ?? at),
      crossed: before !== undefined && (before.crossed || before.group !== group),
    });
  }
  const units = [...seen].filter(([, { crossed }]) => !crossed);
  const totalsOf = (name: string) =>
    units
      .filter(([, { group, at }]) => group === name && at + windowDays * day <= now)
      .map(([unit, { at }]) =>
        outcomes
          .filter((each) => each.unit === unit && each.at >= at && each.at < at + windowDays * day)
          .reduce((sum, { amount }) => sum + (amount ?? 0), 0),
      );
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const squaredError = (values: number[]) =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1) / values.length;
  const counts = declared.map(({ name }) => units.filter(([, { group }]) => group === name).length);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const chi = declared.reduce((sum, { share }, at) => {
    const wanted = (all * share) / 100;
    return sum + (counts[at]! - wanted) ** 2 / wanted;
  }, 0);
  const controls = totalsOf(control);
  return declared
    .map(({ name, share }, at) => {
      const totals = totalsOf(name);
      const difference = mean(totals) - mean(controls);
      const margin = distances[declared.length - 1]! * Math.sqrt(squaredError(totals) + squaredError(controls));
      const is_control = name === control;
      return {
        experiment_group: name,
        is_control,
        share,
        exposed_units: counts[at]!,
        n: totals.length,
        mean: mean(totals),
        difference: is_control ? null : difference,
        difference_low: is_control ? null : difference - margin,
        difference_high: is_control ? null : difference + margin,
        lift: is_control ? null : difference / Math.abs(mean(controls)),
        chi_square: chi,
      };
    })
    .sort((a, b) => (a.experiment_group < b.experiment_group ? -1 : 1));
}

/** Numbers from 0 to 1 that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Units that pay 10 or nothing, with the chance of their group; a tenth of them is exposed twice. */
function generated(chances: Readonly<Record<string, number>>, perGroup: number, seed = 1): Data {
  const random = numbers(seed);
  const next = () => random.next().value;
  const exposures: Exposure[] = [];
  const outcomes: Outcome[] = [];
  for (const [experiment_group, chance] of Object.entries(chances)) {
    for (let at = 0; at < perGroup; at++) {
      const unit = `${experiment_group}-${at}`;
      const exposed = start + Math.floor(next() * 3.5 * day);
      exposures.push({ unit, experiment_group, at: exposed });
      if (next() < 0.1) {
        exposures.push({ unit, experiment_group, at: exposed + Math.floor(next() * day) });
      }
      if (next() < chance) {
        outcomes.push({ unit, amount: 10, at: exposed + Math.floor(next() * 2.5 * day) });
      }
      outcomes.push({ unit, amount: 99, at: exposed - 1 }, { unit, amount: null, at: exposed });
    }
  }
  return { exposures, outcomes };
}

const close = (rows: readonly Partial<Result>[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === "number" && !Number.isInteger(value) ? (expect.closeTo(value, 9) as unknown) : value,
      ]),
    ),
  );

const verdicts = (rows: readonly Result[]) =>
  Object.fromEntries(rows.map((row) => [row.experiment_group, row.verdict]));

describe("analysis", () => {
  test("numbers are those worked out row by row: first exposures, outcomes in the window, windows that are over", async () => {
    const data = generated({ heuristic: 0.2, model: 0.35 }, 400);
    const found = await results(data);
    expect(found).toMatchObject(close(expected(data)));
    expect(found[0]!.n).toBeLessThan(found[0]!.exposed_units);
    expect(verdicts(found)).toEqual({ heuristic: null, model: "better" });
  });

  test("which way is better is declared", async () => {
    const data = generated({ heuristic: 0.2, model: 0.35 }, 400);
    expect(verdicts(await results(data, { better: "lower" }))).toEqual({ heuristic: null, model: "worse" });
    const worse = generated({ heuristic: 0.35, model: 0.2 }, 400);
    expect(verdicts(await results(worse))).toEqual({ heuristic: null, model: "worse" });
    expect(verdicts(await results(worse, { better: "lower" }))).toEqual({ heuristic: null, model: "better" });
  });

  test("an interval around 0 decides nothing", async () => {
    expect(verdicts(await results(generated({ heuristic: 0.3, model: 0.3 }, 400)))).toEqual({
      heuristic: null,
      model: "no-difference",
    });
  });

  test("every group is compared with the control", async () => {
    const three = [{ name: "heuristic", share: 40 }, ...["model", "other"].map((name) => ({ name, share: 30 }))];
    const data = generated({ heuristic: 0.2, model: 0.4, other: 0.2 }, 300);
    const found = await results(data, { groups: three });
    expect(found).toMatchObject(close(expected(data, { groups: three })));
    // 300 each, where 360, 270 and 270 were meant: 60² / 360 + 30² / 270 + 30² / 270 = 16.67, more than 13.816.
    expect(found.map(({ ratio_mismatch }) => ratio_mismatch)).toEqual([true, true, true]);
    const even = [{ name: "heuristic", share: 34 }, ...["model", "other"].map((name) => ({ name, share: 33 }))];
    expect(verdicts(await results(data, { groups: even }))).toEqual({
      heuristic: null,
      model: "better",
      other: "no-difference",
    });
  });

  test("several groups that are as good as the control are told apart by chance no more often than one", () => {
    const random = numbers(7);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random.next().value)) * Math.cos(2 * Math.PI * random.next().value);
    const five = ["control", "a", "b", "c", "d"].map((name) => ({ name, share: 20 }));
    const query = analysisSql("p.d.e", { ...settings, groups: five, control: "control" });
    const distance = Number(/([\d.]+) \* SQRT/.exec(query)![1]);
    const trials = 40_000;
    let [told, naive] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const control = normal();
      const furthest = Math.max(...five.slice(1).map(() => Math.abs(normal() - control) / Math.SQRT2));
      told += Number(furthest > distance);
      naive += Number(furthest > distances[1]!);
    }
    expect(told / trials).toBeLessThan(0.05);
    expect(told / trials).toBeGreaterThan(0.03);
    expect(naive / trials).toBeGreaterThan(0.12);
  });

  test("units in two groups are left out, and exposures before the start", async () => {
    const at = start + day;
    const data = {
      exposures: [
        { unit: "a", experiment_group: "heuristic", at },
        { unit: "b", experiment_group: "model", at },
        { unit: "c", experiment_group: "heuristic", at },
        { unit: "c", experiment_group: "model", at: at + 1 },
        { unit: "d", experiment_group: "model", at: start - 1 },
        { unit: "d", experiment_group: "heuristic", at },
      ],
      outcomes: [],
    };
    expect((await results(data)).map(({ experiment_group, n }) => [experiment_group, n])).toEqual([
      ["heuristic", 2],
      ["model", 1],
    ]);
  });

  test("without exposures there is a row for each group, and no verdict but that", async () => {
    const nothing = { exposed_units: 0, n: 0, mean: null, difference: null, lift: null, chi_square: null };
    expect(await results({ exposures: [], outcomes: [] })).toMatchObject([
      { ...nothing, experiment_group: "heuristic", ratio_mismatch: false, verdict: null },
      { ...nothing, experiment_group: "model", ratio_mismatch: false, verdict: "too-few" },
    ]);
  });

  test("an empty group is no equal share", async () => {
    const found = await results(generated({ heuristic: 0.2 }, 400));
    expect(found[1]).toMatchObject({ exposed_units: 0, n: 0, mean: null, difference: null, verdict: "ratio-mismatch" });
  });

  test("a group with too few units is not judged, however large the difference", async () => {
    const few = generated({ heuristic: 0, model: 1 }, 40);
    expect(verdicts(await results(few, { minimumUnits: 100 }))).toEqual({ heuristic: null, model: "too-few" });
  });

  test("missing outcomes count as nothing", async () => {
    const { exposures } = generated({ heuristic: 0.2, model: 0.3 }, 100);
    const nulls = exposures.map(({ unit, at }) => ({ unit, amount: null, at }));
    const found = await results({ exposures, outcomes: nulls });
    expect(found).toMatchObject([
      { mean: 0, verdict: null },
      { mean: 0, difference: 0, lift: null, verdict: "no-difference" },
    ]);
  });

  test.each([
    ["as it comes about by chance is let pass", 550, 450, false],
    ["beyond what chance makes is told before any difference", 560, 440, true],
    ["of so few that the test is not valid is let pass", 9, 0, false],
    ["of a few is told", 14, 0, true],
  ])("a ratio %s", async (_, heuristic, model, mismatch) => {
    const exposures = Object.entries({ heuristic, model }).flatMap(([experiment_group, count]) =>
      Array.from({ length: count }, (__, at) => ({ unit: `${experiment_group}${at}`, experiment_group, at: start })),
    );
    const found = await results({ exposures, outcomes: [] });
    expect(found[1]!.ratio_mismatch).toBe(mismatch);
    expect(found[1]!.verdict === "ratio-mismatch").toBe(mismatch);
  });
});

interface Vectors {
  readonly salt: string;
  readonly groups: readonly ExperimentGroup[];
  readonly assignments: Readonly<Record<string, string>>;
}

describe("assignment", () => {
  const acme = new Acme();

  /** Groups that the function gives, in BigQuery's own words. */
  const assigned = async (units: readonly (string | null)[], salt: string, shares: readonly ExperimentGroup[]) => {
    const literals = units.map((unit) => (unit === null ? "CAST(NULL AS STRING)" : `'${unit}'`)).join(", ");
    const answer = await acme.call("POST", `${host}/queries`, {
      query: `SELECT unit, ${assignmentSql(salt, shares)} AS assigned FROM UNNEST([${literals}]) AS unit`,
      useLegacySql: false,
    });
    if (answer.status !== 200) {
      throw new Error(refusal(answer));
    }
    const { rows } = answer.body as { rows: { f: { v: string | null }[] }[] };
    const byUnit = new Map(rows.map(({ f }) => [f[0]!.v, f[1]!.v]));
    return units.map((unit) => byUnit.get(unit));
  };

  /** As a service works it out. */
  const groupOf = (unit: string, salt: string, shares: readonly ExperimentGroup[]) => {
    const hash = BigInt.asIntN(64, fingerprint64(`${salt}:${unit}`));
    const digits = ((hash % 10_000n) + 10_000n) % 10_000n;
    const bucket = Number((digits % 100n) * 100n + digits / 100n);
    let below = 0;
    return shares.find(({ share }) => bucket < (below += Math.round(share * 100)))!.name;
  };

  const units = Array.from({ length: 2000 }, (_, at) => `subscriber-${at}`);
  const count = (names: readonly unknown[], name: string) => names.filter((each) => each === name).length;

  test("the vectors that services are tested with are what the function gives", async () => {
    const file = join(__dirname, "..", "..", "docs", "experiment-vectors.json");
    for (const { salt, groups: shares, assignments } of JSON.parse(readFileSync(file, "utf8")) as Vectors[]) {
      const names = Object.keys(assignments);
      expect(Object.fromEntries((await assigned(names, salt, shares)).map((group, at) => [names[at]!, group]))).toEqual(
        assignments,
      );
      expect(Object.fromEntries(names.map((unit) => [unit, groupOf(unit, salt, shares)]))).toEqual(assignments);
    }
  });

  test("groups get their shares, and hashes below 0 theirs", async () => {
    const shares = [
      { name: "a", share: 10 },
      { name: "b", share: 60 },
      { name: "c", share: 30 },
    ];
    const found = await assigned(units, "split", shares);
    expect(found).toEqual(units.map((unit) => groupOf(unit, "split", shares)));
    const chi = shares.reduce((sum, { name, share }) => {
      const wanted = (units.length * share) / 100;
      return sum + (count(found, name) - wanted) ** 2 / wanted;
    }, 0);
    expect(chi).toBeLessThan(13.816);
    expect(found.filter((_, at) => fingerprint64(`split:${units[at]!}`) >= 2n ** 63n).length).toBeGreaterThan(800);
  });

  test("shares in whole percent are dealt by the last two digits of the hash alone", async () => {
    const shares = [
      { name: "a", share: 17 },
      { name: "b", share: 83 },
    ];
    const byHundred = (unit: string) =>
      ((BigInt.asIntN(64, fingerprint64(`whole:${unit}`)) % 100n) + 100n) % 100n < 17n ? "a" : "b";
    const some = units.slice(0, 500);
    expect(await assigned(some, "whole", shares)).toEqual(some.map(byHundred));
  });

  test("a share may be less than a percent", async () => {
    const shares = [
      { name: "control", share: 99.25 },
      { name: "model", share: 0.75 },
    ];
    const found = await assigned(units, "small", shares);
    expect(found).toEqual(units.map((unit) => groupOf(unit, "small", shares)));
    // 15 of 2000, with a standard deviation of 3.9.
    expect(count(found, "model")).toBeGreaterThan(3);
    expect(count(found, "model")).toBeLessThan(27);
  });

  test("a larger share takes units out of the control and gives none back; another salt deals anew", async () => {
    const before = await assigned(units, "ramp", [
      { name: "control", share: 90 },
      { name: "model", share: 10 },
    ]);
    const after = await assigned(units, "ramp", [
      { name: "control", share: 50 },
      { name: "model", share: 50 },
    ]);
    expect(before.every((group, at) => group === "control" || after[at] === "model")).toBe(true);
    const other = await assigned(units, "again", groups);
    const same = await assigned(units, "ramp", groups);
    const both = other.filter((group, at) => group === "model" && same[at] === "model").length;
    expect(both / units.length).toBeCloseTo(0.25, 1);
  });

  test("no unit is in no group, and nothing is in none", async () => {
    expect(await assigned([null, ""], "split", groups)).toEqual([null, groupOf("", "split", groups)]);
  });
});
