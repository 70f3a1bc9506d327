import { alertDurationIsInMinutes } from "../../../policies/values/alert-duration-is-in-minutes";
import { bothShapes } from "../../support/shapes";

const check = (args: Record<string, unknown>) =>
  bothShapes(args).map(([, shape]) => alertDurationIsInMinutes.check(shape, "google_monitoring_alert_policy"));
const threshold = (duration: unknown) => ({ conditions: [{ condition_threshold: { duration } }] });
const absent = (duration: unknown) => ({ conditions: [{ condition_absent: { duration } }] });

test.each(["0s", "60s", "84600s", "${var.duration}", undefined])("%s passes", (duration) => {
  expect(check(threshold(duration))).toEqual([undefined, undefined]);
  expect(check(absent(duration))).toEqual([undefined, undefined]);
});

test.each(["61s", "5m", "1.5s", "300", 300, true, ""])("%j is refused", (duration) => {
  const message = (kind: string) =>
    `'conditions.${kind}.duration' must be seconds in multiples of 60, such as "300s", got ${JSON.stringify(duration)}`;
  expect(check(threshold(duration))).toEqual(Array(2).fill(message("condition_threshold")));
  expect(check(absent(duration))).toEqual(Array(2).fill(message("condition_absent")));
});

test("every condition is looked at", () => {
  const conditions = [{ condition_matched_log: { filter: "f" } }, { condition_absent: { duration: "90s" } }];
  expect(check({ conditions })).toEqual(
    Array(2).fill(
      `'conditions.condition_absent.duration' must be seconds in multiples of 60, such as "300s", got "90s"`,
    ),
  );
});
