import { App } from "cdktf";

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
