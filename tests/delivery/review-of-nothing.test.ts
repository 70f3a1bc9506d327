import { reviewPlans } from "../../tools/review/review-plans";

test("no stack to plan is no change, where a folder of plans says so", () => {
  expect(reviewPlans([], { planSetDigest: "0".repeat(64), failOn: "high" }).outcome).toBe("no changes");
});

test("no plan at all is never taken for no change", () => {
  expect(reviewPlans([], { failOn: "high" }).outcome).toBe("failed");
});
