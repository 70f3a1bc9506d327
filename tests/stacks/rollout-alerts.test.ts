import type { PlatformConfig } from "../../config/platform";
import type { ModelConfig, TeamConfig } from "../../config/schema/team";
import { repositoryPlatform, synthesise } from "../support/platform";

const platform = repositoryPlatform();
const { churn } = platform.teams as { churn: TeamConfig };
const { propensity } = churn.serving.models as { propensity: ModelConfig };

/** Alerts of the team's that carry the label which the watchdog reads. */
function alerts(limits: Partial<ModelConfig["rollout"]["limits"]>) {
  const rollout = { ...propensity.rollout, limits: { ...propensity.rollout.limits, ...limits } };
  const models = { ...churn.serving.models, propensity: { ...propensity, rollout } };
  const changed: PlatformConfig = {
    ...platform,
    teams: { churn: { ...churn, serving: { ...churn.serving, models } } },
  };
  const all = synthesise(changed).get("churn-serving")!.resource["google_monitoring_alert_policy"]!;
  return Object.values(all as Record<string, Readonly<Record<string, unknown>>>)
    .filter(({ user_labels }) => (user_labels as Record<string, string>)["model"] === "propensity")
    .map(({ conditions }) => (conditions as Record<string, unknown>[])[0]!);
}

test("whatever the workflow guards by a limit, the watchdog's alerts guard for every version", () => {
  const limits = { serverErrorRatio: 0.02, latencyP95Milliseconds: 300, latencyP99Milliseconds: 900 };
  const perVersion = [expect.objectContaining({ group_by_fields: ["metric.label.deployed_model_id"] })];
  // Time series of the latency are looked at one by one: each is of one version.
  const alone = (aligner: string) => [{ alignment_period: "60s", per_series_aligner: aligner }];
  expect(alerts(limits)).toMatchObject([
    {
      display_name: "more than 9.26 % of a version's responses are 5xx",
      condition_threshold: { threshold_value: 0.0926, aggregations: perVersion, denominator_aggregations: perVersion },
    },
    {
      display_name: "95th percentile of a version's latency above 600 ms",
      condition_threshold: { threshold_value: 600, duration: "300s", aggregations: alone("ALIGN_PERCENTILE_95") },
    },
    {
      display_name: "99th percentile of a version's latency above 1800 ms",
      condition_threshold: { threshold_value: 1800, aggregations: alone("ALIGN_PERCENTILE_99") },
    },
  ]);
});

test("a limit that the team does not have is not guarded", () => {
  expect(alerts({ latencyP99Milliseconds: undefined }).map(({ display_name }) => display_name)).not.toContainEqual(
    expect.stringContaining("99th"),
  );
});
