import { requireOutcomes } from "../../../tools/cli/demo/outcomes";

const done = { outcome: "done", reason: "" };
const rolledBack = { outcome: "rolled-back", reason: "p95 of 260 ms is above the limit of 200 ms" };

test("the demo passes where both good versions are in place and the bad one was rolled back", () => {
  expect(() => requireOutcomes([done, done, rolledBack])).not.toThrow();
});

test("a bad version that is promoted fails it", () => {
  expect(() => requireOutcomes([done, done, done])).toThrow(
    "the demo did not go as it should: the bad version must end 'rolled-back', got 'done'",
  );
});

test("so does a good version that is rolled back, with the reason", () => {
  expect(() => requireOutcomes([done, rolledBack, rolledBack])).toThrow(
    "the demo did not go as it should: the good version must end 'done', got 'rolled-back': p95 of 260 ms is above the limit of 200 ms",
  );
});

test("what is held, or was never rolled out, is told of each version", () => {
  expect(() => requireOutcomes([done, { outcome: "held", reason: "a hand on the split" }])).toThrow(
    "the demo did not go as it should: the good version must end 'done', got 'held': a hand on the split; " +
      "the bad version must end 'rolled-back', got 'not rolled out'",
  );
});
