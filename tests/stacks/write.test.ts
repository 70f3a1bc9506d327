import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Annotations, type App, Aspects, TerraformAsset, TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";

import { makeStacks } from "../../stacks/platform";
import { writeStacks } from "../../stacks/write";
import { repositoryPlatform } from "../support/platform";

/** The first stack of the environment, with what is added to it. */
function* withAdded(app: App, add: (stack: TerraformStack) => unknown) {
  for (const stack of makeStacks(app, repositoryPlatform())) {
    add(stack);
    yield stack;
    return;
  }
}

function contents(outdir: string, name: string): string {
  return readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
}

test("stacks are written one by one as cdktf writes them together, and are what is checked", () => {
  const [app, other] = [Testing.app(), Testing.app()];
  const written = [...writeStacks(app, makeStacks(app, repositoryPlatform()))];
  app.manifest.writeToFile();
  expect([...makeStacks(other, repositoryPlatform())]).toHaveLength(written.length);
  other.synth();

  const manifest = (outdir: string) => readFileSync(join(outdir, "manifest.json"), "utf8");
  expect(manifest(app.outdir)).toBe(manifest(other.outdir));
  for (const { name, json } of written) {
    expect(contents(app.outdir, name)).toBe(contents(other.outdir, name));
    expect(JSON.parse(contents(app.outdir, name))).toEqual(JSON.parse(JSON.stringify(json)));
  }
});

test("there is no manifest until the caller writes one, not even that of an earlier synth", () => {
  const app = Testing.app();
  const file = join(app.outdir, "manifest.json");
  writeFileSync(file, "{}");
  expect([
    ...writeStacks(
      app,
      withAdded(app, () => undefined),
    ),
  ]).toHaveLength(1);
  expect(existsSync(file)).toBe(false);
});

test("neither stacks nor references are kept once they are written", () => {
  const app = Testing.app();
  let reference = "";
  const stacks = withAdded(app, (stack) => {
    reference = Token.asString({ resolve: () => "x", creationStack: [], toString: () => "" });
    stack.addOverride("output.Late.value", reference);
  });
  expect([...writeStacks(app, stacks)]).toMatchObject([{ json: { output: { Late: { value: "x" } } } }]);
  expect(app.node.children).toEqual([]);
  const later = new TerraformStack(app, "later");
  later.addOverride("output.Late.value", reference);
  expect(() => later.toTerraform() as unknown).toThrow(/token/i);
});

test("assets, aspects and annotations have their say", () => {
  const app = Testing.app();
  const stacks = withAdded(app, (stack) => {
    new TerraformAsset(stack, "Asset", { path: __filename });
    Annotations.of(new Construct(stack, "Old")).addWarning("it is old");
    Aspects.of(stack).add({ visit: () => stack.addOverride("output.Aspect.value", 1) });
  });
  const [written] = writeStacks(app, stacks);
  expect(written).toMatchObject({ name: "sandbox-bootstrap", json: { output: { Aspect: { value: 1 } } } });
  expect(existsSync(join(app.outdir, "stacks", "sandbox-bootstrap", "assets", "Asset"))).toBe(true);
  expect(app.manifest.stacks["sandbox-bootstrap"]!.annotations).toMatchObject([{ message: "it is old" }]);
});

test("a construct that finds itself wrong stops the writing", () => {
  const app = Testing.app();
  const stacks = withAdded(app, (stack) =>
    new Construct(stack, "Broken").node.addValidation({ validate: () => ["it is broken"] }),
  );
  expect(() => [...writeStacks(app, stacks)]).toThrow("it is broken");
});
