import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { App } from "cdktf";

import { Alert, type AlertProps } from "../../constructs/alert";
import { AlertCondition } from "../../constructs/alert-condition";
import { PlatformStack } from "../../constructs/platform-stack";
import { notificationChannel } from "../support/fixtures";
import { environment, reference, Template, templateOf } from "../support/template";

const slow = AlertCondition.above({
  displayName: "slow",
  filter: "f",
  above: 200,
  forSeconds: 600,
  aligner: "ALIGN_PERCENTILE_95",
});
const failed = AlertCondition.logged({ displayName: "failed", filter: "severity>=ERROR" });

const propsOf = (stack: PlatformStack, changes: Partial<AlertProps> = {}): AlertProps => ({
  displayName: "churn: too slow",
  severity: "ERROR",
  conditions: [slow],
  documentation: "Look at the replicas.",
  notify: notificationChannel(stack),
  ...changes,
});
const alert = (changes: Partial<AlertProps> = {}) =>
  templateOf((stack) => new Alert(stack, "Slow", propsOf(stack, changes))).only(MonitoringAlertPolicy);

test("an alert says what to do, tells somebody, and closes by itself after a day", () => {
  expect(alert()).toMatchObject({
    display_name: "churn: too slow",
    severity: "ERROR",
    combiner: "OR",
    conditions: [{ display_name: "slow", condition_threshold: { threshold_value: 200, duration: "600s" } }],
    notification_channels: [reference(MonitoringNotificationChannel, "name")],
    alert_strategy: { auto_close: "86400s" },
    documentation: { content: "Look at the replicas.", mime_type: "text/markdown" },
  });
});

test("several conditions must hold at once", () => {
  expect(alert({ conditions: [slow, slow] })).toMatchObject({ combiner: "AND" });
});

test("an alert on metrics has no rate limit, which only log entries take", () => {
  expect(alert()["alert_strategy"]).toEqual({ auto_close: "86400s" });
});

test("an alert on a log entry tells at most once in five minutes", () => {
  expect(alert({ conditions: [failed] })).toMatchObject({
    conditions: [{ condition_matched_log: { filter: "severity>=ERROR" } }],
    alert_strategy: { notification_rate_limit: { period: "300s" } },
  });
});

test("a log entry with another condition is refused", () => {
  expect(() => alert({ conditions: [failed, slow] })).toThrow(
    new Error("test/Slow: a condition on a log entry must stand alone, got 2"),
  );
});

test("labels of the stack are set on the policy, which the provider's defaults do not reach", () => {
  class LabelledStack extends PlatformStack {}
  const stack = new LabelledStack(new App(), "test", { environment, labels: { "cost-center": "ml" } });
  new Alert(stack, "Slow", propsOf(stack));
  expect(Template.of(stack).only(MonitoringAlertPolicy)).toMatchObject({ user_labels: { "cost-center": "ml" } });
});
