import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringCustomService } from "@cdktf/provider-google/lib/monitoring-custom-service";
import { MonitoringSlo } from "@cdktf/provider-google/lib/monitoring-slo";
import { App } from "cdktf";

import { Objective, type ObjectiveProps } from "../../constructs/objective";
import { PlatformStack } from "../../constructs/platform-stack";
import { notificationChannel } from "../support/fixtures";
import { environment, reference, Template } from "../support/template";

const labels = { team: "churn" };
const objective = (changes: Partial<ObjectiveProps> = {}) => {
  class LabelledStack extends PlatformStack {}
  const stack = new LabelledStack(new App(), "test", { environment, labels });
  new Objective(stack, "Availability", {
    serviceId: "churn-propensity",
    resourceName: "//aiplatform.googleapis.com/projects/1/locations/europe-west4/endpoints/123456789",
    goal: 0.995,
    rollingDays: 28,
    badFilter: "bad",
    totalFilter: "all",
    notify: notificationChannel(stack),
    ...changes,
  });
  return Template.of(stack);
};

test("an objective is a service, a goal, and an alert for each of two burn rates", () => {
  expect(objective().counts).toEqual({
    google_monitoring_custom_service: 1,
    google_monitoring_slo: 1,
    google_monitoring_alert_policy: 2,
    google_monitoring_notification_channel: 1,
  });
});

test("the service names what is monitored", () => {
  expect(objective().only(MonitoringCustomService)).toEqual({
    service_id: "churn-propensity",
    display_name: "churn-propensity",
    telemetry: { resource_name: "//aiplatform.googleapis.com/projects/1/locations/europe-west4/endpoints/123456789" },
    user_labels: labels,
  });
});

test("the goal is the share of requests that are not bad", () => {
  expect(objective().only(MonitoringSlo)).toEqual({
    service: reference(MonitoringCustomService, "service_id"),
    slo_id: "availability",
    display_name: "99.5 % of requests without a server error in 28 days",
    goal: 0.995,
    rolling_period_days: 28,
    request_based_sli: { good_total_ratio: { bad_service_filter: "bad", total_service_filter: "all" } },
    user_labels: labels,
  });
});

test.each([
  [0.9, "90 %"],
  [0.999, "99.9 %"],
  [0.9999, "99.99 %"],
])("a goal of %d reads as %s", (goal, shown) => {
  expect(objective({ goal }).only(MonitoringSlo)["display_name"]).toContain(`${shown} of requests`);
});

test.each([
  ["CRITICAL", 14.4, ["3600s", "300s"]],
  ["WARNING", 6, ["21600s", "1800s"]],
])("a %s alert looks for a burn rate of %d in a long and a short window", (severity, above, windows) => {
  const alert = objective()
    .all(MonitoringAlertPolicy)
    .find((policy) => policy["severity"] === severity);
  expect(alert).toMatchObject({
    combiner: "AND",
    conditions: windows.map((window) => ({
      condition_threshold: {
        filter: expect.stringMatching(
          new RegExp(`^select_slo_burn_rate\\("\\$\\{google_monitoring_slo\\.\\w+\\.name\\}", "${window}"\\)$`),
        ) as unknown,
        threshold_value: above,
      },
    })),
    user_labels: labels,
  });
});

test("the alerts tell how long the budget lasts over the days of the objective", () => {
  const names = objective({ rollingDays: 7 })
    .all(MonitoringAlertPolicy)
    .map(({ display_name: name }) => name as string);
  expect(names.filter((name) => name.includes("two days") || name.includes("five days"))).toEqual([]);
});

test.each([0, 1, 99.5])("a goal of %d is refused", (goal) => {
  expect(() => objective({ goal })).toThrow(
    new Error(`test/Availability: 'goal' must be from 0.0001 to 0.9999, got ${goal}`),
  );
});

test.each([0, 31])("an objective over %i days is refused", (rollingDays) => {
  expect(() => objective({ rollingDays })).toThrow(
    new Error(`test/Availability: 'rollingDays' must be from 1 to 30, got ${rollingDays}`),
  );
});
