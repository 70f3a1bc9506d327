import { decodePlan } from "../../tools/review/plan/decode";
import { PlannedStack } from "../../tools/review/planned-stack";

test.each(["0", '"a"', '"a[0]b"', '"a]\\"b"'])(
  "an instance [%s] that drifted feeds a plan that read its resource",
  (key) => {
    const change = { actions: ["update"], before: { name: "a" }, after: { name: "b" } };
    const plan = decodePlan("plan.json", {
      format_version: "1.2",
      resource_changes: [],
      resource_drift: [
        { address: `google_pubsub_topic.t[${key}]`, type: "google_pubsub_topic", mode: "managed", change },
      ],
      relevant_attributes: [{ resource: "google_pubsub_topic.t", attribute: ["name"] }],
    });
    const stack = new PlannedStack("dev-stack", plan);
    expect(stack.drift.map((drifted) => stack.isFedBy(drifted))).toEqual([true]);
  },
);
