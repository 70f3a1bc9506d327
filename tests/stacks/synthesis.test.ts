import { Annotations, App, TerraformAsset } from "cdktf";
import { Construct } from "constructs";

import { makeStacks } from "../../stacks/platform";
import { withoutTraces } from "../../stacks/without-traces";
import { repositoryPlatform } from "../support/platform";

test("what is sealed is what is written: nothing that comes later gets in unchecked", () => {
  const [foundation] = makeStacks(new App(), repositoryPlatform());
  foundation!.seal();
  const sealed = JSON.stringify(foundation!.toTerraform());
  foundation!.addOverride("resource.google_storage_bucket.Late.name", "late");
  expect(JSON.stringify(foundation!.toTerraform())).toBe(sealed);
});

test("sealing changes nothing", () => {
  const [sealed] = makeStacks(new App(), repositoryPlatform());
  const [open] = makeStacks(new App(), repositoryPlatform());
  sealed!.seal();
  open!.prepareStack();
  expect(sealed!.toTerraform()).toEqual(open!.toTerraform());
});

test("traces come back, also when the work fails", () => {
  const { prepareStackTrace } = Error;
  expect(withoutTraces(() => new Error("x").stack)).toBe("Error: x");
  expect(() =>
    withoutTraces(() => {
      throw new Error("y");
    }),
  ).toThrow("y");
  expect(Error.prepareStackTrace).toBe(prepareStackTrace);
});

test("what is sealed keeps what writes files or has something to say, and lets the rest go", () => {
  const [stack] = makeStacks(new App(), repositoryPlatform());
  new TerraformAsset(stack!, "Asset", { path: __filename });
  Annotations.of(new Construct(stack!, "Old")).addWarning("it is old");
  stack!.seal();
  expect(stack!.node.children.map(({ node }) => node.id)).toEqual(["Asset", "Old"]);
});

test("sealing runs the validations of what it lets go", () => {
  const [stack] = makeStacks(new App(), repositoryPlatform());
  new Construct(stack!, "Broken").node.addValidation({ validate: () => ["it is broken"] });
  expect(() => stack!.seal()).toThrow("it is broken");
});
