import { splitIsLeftToRollouts } from "../../../policies/stacks/split-is-left-to-rollouts";
import { Stack } from "../../../policies/stack";

const endpoints = "projects/acme-ml-dev/locations/europe-west4/endpoints";

/** Addresses of the endpoints that a split is refused of, with a rollout policy in another stack. */
function refused(endpoint: object, content: unknown, isHere = false): string[] {
  const objects = { google_storage_bucket_object: { Policy: { name: "propensity.json", content } } };
  const breaches = splitIsLeftToRollouts.checkStacks([
    Stack.of("dev-serving", { resource: { google_vertex_ai_endpoint: { Churn: endpoint }, ...(isHere && objects) } }),
    Stack.of("dev-rollouts", { resource: isHere ? {} : objects }),
  ]);
  return breaches.map(({ stack, address }) => `${stack} ${address}`);
}

const policyOf = (endpoint: string) => JSON.stringify({ endpoint, stages: [{ share: 100 }] });
const split = { name: "123", traffic_split: '{"1":100}' };
const found = ["dev-serving google_vertex_ai_endpoint.Churn"];

test.each([
  ["a split", split],
  ["one that takes all traffic away", { ...split, traffic_split: "{}" }],
  ["one that only Terraform knows", { ...split, traffic_split: "${jsonencode(local.split)}" }],
  ["one of an endpoint with its full name", { ...split, name: `${endpoints}/123` }],
])("%s is refused where a rollout moves the traffic", (_what, endpoint) => {
  expect(refused(endpoint, policyOf(`${endpoints}/123`))).toEqual(found);
});

test("an endpoint that the policy refers to is found", () => {
  const unnamed = { display_name: "churn", traffic_split: '{"1":100}' };
  expect(refused(unnamed, policyOf("${google_vertex_ai_endpoint.Churn.id}"), true)).toEqual(found);
});

test.each<[what: string, endpoint: object, content: unknown]>([
  ["no split", { name: "123" }, policyOf(`${endpoints}/123`)],
  ["another endpoint's rollout", split, policyOf(`${endpoints}/1123`)],
  ["an object that is no rollout policy", split, JSON.stringify({ endpoint: `${endpoints}/123` })],
  ["an object that is no JSON", split, "endpoint: 123"],
  ["an object of a file", split, undefined],
  ["an endpoint without a name", { traffic_split: '{"1":100}' }, policyOf(`${endpoints}/`)],
])("%s is no reason", (_what, endpoint, content) => {
  expect(refused(endpoint, content)).toEqual([]);
});
