import { endpointSplitSumsTo100 } from "../../../policies/values/endpoint-split-sums-to-100";

const check = (split?: unknown) => endpointSplitSumsTo100.check({ traffic_split: split }, "google_vertex_ai_endpoint");

// Terraform plans an empty text for a split that the provider reads and nobody set.
test.each([undefined, null, "", "{}", '{"1":100}', '{"1":90,"2":10}', '{"1":100,"2":0}', "${var.split}"])(
  "%s passes",
  (split) => {
    expect(check(split)).toBeUndefined();
  },
);

test.each(['{"1":90,"2":5}', '{"1":150,"2":-50}', '{"1":"100"}', "null", "90/10"])("%s is refused", (split) => {
  expect(check(split)).toBe(`'traffic_split' must be shares that sum to 100, got ${split}`);
});
