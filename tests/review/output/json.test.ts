import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";

import { reviewJson } from "../../../tools/review/output/json";
import { reviewFormat } from "../../../tools/review/review";
import { failedReview, review } from "../support/example-review";

const root = join(__dirname, "../../..");
const file = join(root, "docs/review.schema.json");

/** The types are the only truth: the schema is made of them, their comments are its descriptions. */
function schemaOfTypes(): string {
  const schema = createGenerator({
    path: join(root, "tools/review/review.ts"),
    tsconfig: join(root, "tsconfig.json"),
    type: "Review",
    topRef: false,
    skipTypeCheck: true,
    // A minor version adds fields: who validates must not refuse them.
    additionalProperties: true,
  }).createSchema("Review");
  const titled = { $schema: schema.$schema, title: `Review of Terraform plans, format ${reviewFormat}`, ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

const schema = schemaOfTypes();
if (process.env["UPDATE_SCHEMA"]) {
  writeFileSync(file, schema);
}
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(schema) as object);
const parsed = () => JSON.parse(reviewJson(failedReview)) as Record<string, unknown>;

test("the schema in docs is the one of the types ('npm run review-schema' writes it)", () => {
  expect(readFileSync(file, "utf8")).toBe(schema);
});

test("a review is what the schema says, and comes back as it was", () => {
  expect(validate(parsed())).toBe(true);
  expect(parsed()).toEqual(failedReview);
  expect(validate(JSON.parse(reviewJson(review())))).toBe(true);
});

test.each([
  ["another format", { format: "2.0" }, "/format must be equal to constant"],
  ["an outcome that there is not", { outcome: "fine" }, "/outcome must be equal to one of the allowed values"],
  ["no findings", { findings: undefined }, " must have required property 'findings'"],
  [
    "a severity that there is not",
    { findings: [{ ...failedReview.findings[0], severity: "worst" }] },
    "/findings/0/severity must be equal to one of the allowed values",
  ],
])("%s is refused", (_, wrong, message) => {
  validate(JSON.parse(JSON.stringify({ ...parsed(), ...wrong })));
  expect((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message!}`)).toEqual([message]);
});

test("fields that a later version adds are no reason to refuse", () => {
  expect(validate({ ...parsed(), later: true })).toBe(true);
});
