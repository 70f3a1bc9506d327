import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { App } from "cdktf";

import { NotificationChannel } from "../../constructs/notification-channel";
import { PlatformStack } from "../../constructs/platform-stack";
import { notificationChannel } from "../support/fixtures";
import { environment, reference, resolve, Template, templateOf, testStack } from "../support/template";

test("a channel sends mail to one address", () => {
  const template = templateOf(notificationChannel);
  expect(template.counts).toEqual({ google_monitoring_notification_channel: 1 });
  expect(template.only(MonitoringNotificationChannel)).toMatchObject({
    display_name: "Team churn",
    type: "email",
    labels: { email_address: "churn@acme.example" },
  });
});

test("a channel can wait for its service", () => {
  const dependsOn = [{ fqn: "google_project_service.monitoring" }];
  const template = templateOf(
    (stack) => new NotificationChannel(stack, "Mail", { displayName: "m", email: "m@acme.example", dependsOn }),
  );
  expect(template.only(MonitoringNotificationChannel)).toMatchObject({
    depends_on: ["google_project_service.monitoring"],
  });
});

test("labels of the stack are user labels, apart from the settings that Google calls labels", () => {
  class LabelledStack extends PlatformStack {}
  const stack = new LabelledStack(new App(), "test", { environment, labels: { team: "churn" } });
  notificationChannel(stack);
  expect(Template.of(stack).only(MonitoringNotificationChannel)).toMatchObject({
    labels: { email_address: "churn@acme.example" },
    user_labels: { team: "churn" },
  });
});

test("alerts refer to the channel by the name that Google gives it", () => {
  const stack = testStack();
  const { channelName } = notificationChannel(stack);
  expect(resolve(stack, channelName)).toEqual(reference(MonitoringNotificationChannel, "name"));
});
