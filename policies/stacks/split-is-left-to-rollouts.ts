import { type Arguments, isNothing, isObject, parseJson, textOf } from "../arguments";
import type { StackPolicy } from "../policy";
import type { Resource, Stack } from "../stack";

/** The content of an object of a bucket that says which endpoint's traffic a rollout moves. */
interface RolloutPolicy {
  readonly stack: Stack;
  readonly address: string;
  readonly content: Arguments;
}

export const splitIsLeftToRollouts: StackPolicy = {
  id: "vertex-ai/split-is-left-to-rollouts",
  types: ["google_vertex_ai_endpoint"],
  why:
    "A rollout moves an endpoint's traffic by patches of its own: a split that Terraform knows is put back at every apply, past every " +
    "limit and approval, while one that is left out is never touched " +
    "(https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/vertex_ai_endpoint#traffic_split).",
  controls: ["NIST 800-53 CM-3"],
  checkStacks: (stacks) => {
    const policies = stacks.flatMap(policiesOf);
    return stacks.flatMap((stack) =>
      stack
        .ofType("google_vertex_ai_endpoint")
        .filter((endpoint) => !isNothing(endpoint.at("traffic_split")))
        .flatMap((endpoint) => {
          const policy = policies.find((each) => isAbout(each, endpoint));
          return policy
            ? [
                {
                  stack: stack.name,
                  address: endpoint.address,
                  message: `'traffic_split' must be left out, the rollout policy ${policy.stack.name} ${policy.address} moves the endpoint's traffic: remove one`,
                },
              ]
            : [];
        }),
    );
  },
};

function policiesOf(stack: Stack): RolloutPolicy[] {
  return stack.ofType("google_storage_bucket_object").flatMap((object) => {
    const content = parseJson(object.at("content"));
    return isObject(content) && Array.isArray(content["stages"]) ? [{ stack, address: object.address, content }] : [];
  });
}

function isAbout({ stack, content }: RolloutPolicy, endpoint: Resource): boolean {
  const name = textOf(endpoint.at("name")).split("/").at(-1)!;
  return (
    stack.referred(content["endpoint"]) === endpoint ||
    (name !== "" && textOf(content["endpoint"]).endsWith(`/endpoints/${name}`))
  );
}
