import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { PlatformStack, type PlatformStackProps } from "../../constructs/platform-stack";
import { environment, Template, testStack } from "../support/template";

class TestStack extends PlatformStack {}

const stackOf = (props: Partial<PlatformStackProps> = {}) =>
  new TestStack(new App(), "dev-foundation", { environment, ...props });

test("a stack has one provider, for the environment's project and region, without Terraform's own label", () => {
  expect(Template.of(stackOf()).providers).toEqual({
    google: [
      {
        project: "acme-ml-dev",
        region: "europe-west4",
        add_terraform_attribution_label: false,
        default_labels: {},
      },
    ],
  });
});

test("the beta provider is made when it is asked for, once, with the same settings", () => {
  const stack = stackOf({ labels: { team: "churn" } });
  expect(stack.betaProvider).toBe(stack.betaProvider);
  const { google, "google-beta": beta } = Template.of(stack).providers;
  expect(beta).toEqual(google);
});

test("labels keep their hyphens and reach every resource", () => {
  const stack = stackOf({ labels: { "cost-center": "ml-platform" } });
  expect(stack.labels).toEqual({ "cost-center": "ml-platform" });
  expect(Template.of(stack).providers["google"]).toMatchObject([{ default_labels: { "cost-center": "ml-platform" } }]);
});

test("state is a file in a folder of the project, at the same relative path on every machine", () => {
  const { backend } = Template.of(stackOf({ state: { backend: "local", directory: ".state" } }));
  expect(backend).toEqual({ local: { path: "../../../.state/dev-foundation.tfstate" } });
});

test("state is an object of a bucket, named after the stack", () => {
  const { backend } = Template.of(stackOf({ state: { backend: "gcs", bucket: "acme-ml-dev-state" } }));
  expect(backend).toEqual({ gcs: { bucket: "acme-ml-dev-state", prefix: "dev-foundation" } });
});

test("a construct finds its stack and environment, however deep it is", () => {
  const stack = testStack();
  const deep = new Construct(new Construct(stack, "Outer"), "Inner");
  expect(PlatformStack.of(deep)).toBe(stack);
  expect(PlatformStack.of(deep).environment).toEqual(environment);
});

test("a construct outside of a platform stack is refused", () => {
  const other = new TerraformStack(new App(), "other");
  expect(() => PlatformStack.of(new Construct(other, "Topic"))).toThrow(
    new Error("'other/Topic' must be inside a PlatformStack, got TerraformStack"),
  );
});
