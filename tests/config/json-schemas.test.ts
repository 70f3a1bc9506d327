import { readFileSync } from "node:fs";
import { join } from "node:path";

import { jsonSchemas } from "../../config/load";
import { omit } from "../../config/omit";

const root = join(__dirname, "../..");

test.each(Object.entries(jsonSchemas()))("%s is what `npm run schemas` writes", (path, content) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(content);
});

const parsed = (name: string) => JSON.parse(jsonSchemas()[`config/schemas/${name}.json`]!);

test("files have a title, draft 7 and no keys besides their own", () => {
  for (const name of ["environment", "team"]) {
    expect(parsed(name)).toMatchObject({
      $schema: "http://json-schema.org/draft-07/schema#",
      title: expect.stringMatching(/^(Environment|Team)$/),
      additionalProperties: false,
    });
  }
});

test("an environment requires what has no default", () => {
  expect(parsed("environment").required).toEqual([
    "project",
    "projectNumber",
    "region",
    "jurisdiction",
    "contactEmail",
    "state",
    "budget",
  ]);
});

test("defaults and overrides of teams require nothing, but know every setting and its description", () => {
  const { properties, required } = parsed("team");
  const variants = [parsed("environment").properties.teamDefaults, properties.environments.additionalProperties];
  const settings = omit(properties, "environments");

  expect(required).toEqual(["description", "owners", "contactEmail"]);
  for (const variant of variants) {
    expect(variant.required).toBeUndefined();
    expect(variant.additionalProperties).toBe(false);
    expect(Object.keys(variant.properties)).toEqual(Object.keys(settings));
    const pipeline = variant.properties.pipelines.additionalProperties;
    expect(pipeline.required).toBeUndefined();
    expect(pipeline.properties.specification).toEqual(
      properties.pipelines.additionalProperties.properties.specification,
    );
  }
});

test("items of lists stay complete: lists are replaced as a whole", () => {
  const { models } = parsed("environment").properties.teamDefaults.properties.serving.properties;

  expect(models.additionalProperties.properties.rollout.properties.stages.items.required).toEqual([
    "share",
    "holdMinutes",
  ]);
});
