import { runTrafficSumsTo100 } from "../../../policies/values/run-traffic-sums-to-100";
import { bothShapes } from "../../support/shapes";

const check = (...shares: readonly unknown[]) =>
  bothShapes({ traffic: shares.map((percent) => ({ percent })) }).map(([, shape]) =>
    runTrafficSumsTo100.check(shape, "google_cloud_run_v2_service"),
  );

test.each([[[100]], [[90, 10]], [[100, 0]], [[100, undefined]], [[]], [[50, "${var.share}"]]])(
  "%j passes",
  (shares) => {
    expect(check(...shares)).toEqual([undefined, undefined]);
  },
);

test("a service without declared traffic passes: all of it goes to the latest revision", () => {
  expect(runTrafficSumsTo100.check({}, "google_cloud_run_v2_service")).toBeUndefined();
});

test("one target passes in both shapes", () => {
  for (const [, args] of bothShapes({ traffic: { percent: 100 } })) {
    expect(runTrafficSumsTo100.check(args, "google_cloud_run_v2_service")).toBeUndefined();
  }
});

test.each([
  [[90], "90"],
  [[90, 5], "90 + 5"],
  [[60, 60], "60 + 60"],
  [[undefined], "0"],
  [[90, "ten"], '90 + "ten"'],
  [[150, -50], "150 + -50"],
  [[99.5, 0.5], "99.5 + 0.5"],
])("%j is refused", (shares, shown) => {
  const message = `'traffic.percent' must be whole percents that sum to 100, got ${shown}`;
  expect(check(...shares)).toEqual([message, message]);
});
