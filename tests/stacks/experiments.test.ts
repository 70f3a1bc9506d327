import type { PlatformConfig } from "../../config/platform";
import type { ExperimentConfig } from "../../config/schema/experiments";
import type { TeamConfig } from "../../config/schema/team";
import { Acme, refusal } from "../sandbox/apis/support/acme";
import { repositoryPlatform, type StackJson, synthesise } from "../support/platform";

const platform = repositoryPlatform();
const { churn } = platform.teams as { churn: TeamConfig };
const { retention } = churn.experiments as { retention: ExperimentConfig };

const withTeam = (changes: Partial<TeamConfig>): PlatformConfig => ({
  ...platform,
  teams: { churn: { ...churn, ...changes } },
});
const stackOf = (experiments: TeamConfig["experiments"]) =>
  synthesise(withTeam({ experiments })).get("churn-experiments");
const only = (stack: StackJson | undefined, type: string) => Object.values(stack!.resource[type]!)[0]!;

test("a team without experiments has no stack of them", () => {
  expect(stackOf({})).toBeUndefined();
});

test("groups stand in the same order however they are declared, the control first", () => {
  const body = (groups: ExperimentConfig["groups"], control: string) =>
    only(stackOf({ retention: { ...retention, groups, control } }), "google_bigquery_routine")["definition_body"];
  const { heuristic, model } = retention.groups as Record<"heuristic" | "model", ExperimentConfig["groups"][string]>;
  const first = body({ heuristic, model }, "heuristic");
  expect(body({ model, heuristic }, "heuristic")).toBe(first);
  expect(first).toContain("WHEN bucket < 5000 THEN 'heuristic'");
  expect(body({ heuristic, model }, "model")).toContain("WHEN bucket < 5000 THEN 'model'");
});

test("the salt is the experiment's name unless it is given", () => {
  const body = (salt?: string) =>
    only(stackOf({ recall: { ...retention, salt } }), "google_bigquery_routine")["definition_body"];
  expect(body()).toContain("FARM_FINGERPRINT('recall:' || unit)");
  expect(body("again")).toContain("FARM_FINGERPRINT('again:' || unit)");
});

test("what answers records exposures, each into the experiments it takes part in", () => {
  const stack = stackOf({ retention, recall: { ...retention, recorders: [] } })!;
  const members = Object.values(stack.resource["google_bigquery_table_iam_member"]!).map(({ member }) => member);
  const predictors = ["heuristic", "propensity"].map(
    (name) => `serviceAccount:churn-${name}@acme-ml-sandbox.iam.gserviceaccount.com`,
  );
  expect(members).toEqual([...predictors, "group:retention-apps@acme.example", ...predictors]);
});

describe("the experiment of team churn", () => {
  const stacks = synthesise(platform);
  const { name, values } = rawTable(stacks.get("churn-ingestion")!);
  const results = Object.values(stacks.get("churn-experiments")!.resource["google_bigquery_table"]!).find(
    ({ table_id }) => table_id === "retention_results",
  )!;
  const exposures = Object.values(stacks.get("churn-experiments")!.resource["google_bigquery_table"]!).find(
    ({ table_id }) => table_id === "retention_exposures",
  )!;
  const { query } = results["view"] as { query: string };
  const acme = new Acme(
    {},
    ...["churn_experiments", "churn_raw"].map((id) => ({
      type: "google_bigquery_dataset",
      id: `projects/acme/datasets/${id}`,
      values: {},
    })),
    table(`churn_raw/tables/${name}`, { schema: values["schema"] as string }),
    table("churn_experiments/tables/retention_exposures", { schema: exposures["schema"] as string }),
    table("churn_experiments/tables/retention_results", {
      view: [{ query: resolved(query), use_legacy_sql: false }],
    }),
  );
  acme.clock.pass((Date.parse("2026-12-01T00:00:00Z") - acme.clock.now()) / 60_000);

  test("cancellations within 30 days of the first exposure are counted, out of the raw events", async () => {
    const events = (subscriber_id: string, event_type: string, plan: string, at: string) => ({
      event_id: `${subscriber_id}-${at}`,
      subscriber_id,
      event_type,
      plan,
      event_time: at,
      publish_time: at,
    });
    await insert("churn_raw", name, [
      events("h1", "plan_changed", "none", "2026-10-02T00:00:00Z"),
      events("h1", "plan_changed", "none", "2026-10-03T00:00:00Z"),
      events("h2", "plan_changed", "premium", "2026-10-02T00:00:00Z"),
      events("m1", "plan_changed", "none", "2026-10-31T00:00:00Z"),
      events("m2", "login", "none", "2026-10-02T00:00:00Z"),
    ]);
    await insert(
      "churn_experiments",
      "retention_exposures",
      ["h1", "h2", "m1", "m2"].map((unit) => ({
        unit,
        experiment_group: unit.startsWith("h") ? "heuristic" : "model",
        exposed_at: "2026-10-01T00:00:00Z",
        request_id: unit,
      })),
    );
    const answer = await acme.call("POST", `${host}/queries`, {
      query: "SELECT experiment_group, n, mean, verdict FROM churn_experiments.retention_results ORDER BY n, mean DESC",
      useLegacySql: false,
    });
    expect(answer.status === 200 ? rowsOf(answer.body) : refusal(answer)).toEqual([
      ["heuristic", "2", "0.5", null],
      ["model", "2", "0", "too-few"],
    ]);
  });

  async function insert(dataset: string, id: string, rows: readonly object[]): Promise<void> {
    const body = { rows: rows.map((json) => ({ json })) };
    const answer = await acme.call("POST", `${host}/datasets/${dataset}/tables/${id}/insertAll`, body);
    expect(answer.body).toEqual({ kind: "bigquery#tableDataInsertAllResponse" });
  }
});

const host = "https://bigquery.googleapis.com/bigquery/v2/projects/acme";

function table(path: string, values: object) {
  return { type: "google_bigquery_table", id: `projects/acme/datasets/${path}`, values: { schema: "[]", ...values } };
}

/** The only table of raw events. */
function rawTable({ resource }: StackJson) {
  const [values] = Object.values(resource["google_bigquery_table"]!);
  return { name: values!["table_id"] as string, values: values! };
}

/** A query as Terraform sends it, in project `acme`. */
function resolved(query: string): string {
  return query
    .replace("acme-ml-sandbox", "acme")
    .replace(/\$\{google_bigquery_table\.[\w-]+\.dataset_id\}/, "churn_experiments")
    .replace(/\$\{google_bigquery_table\.[\w-]+\.table_id\}/, "retention_exposures");
}

function rowsOf(body: unknown): unknown[][] {
  return (body as { rows: { f: { v: unknown }[] }[] }).rows.map(({ f }) => f.map(({ v }) => v));
}
