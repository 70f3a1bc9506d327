import { z } from "zod";

import { omit } from "./omit";
import { environmentSchema } from "./schema/environment";
import { reviewSchema } from "./schema/review";
import { teamSchema } from "./schema/team";

/** The part of JSON Schema that the configuration's schemas need. */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
}

const schemaVersion = "http://json-schema.org/draft-07/schema#";

/** What all layers of a team's settings may hold. */
export const teamSettingsJsonSchema: JsonSchema = generate(teamSchema(() => ({ problem: "" })));

const partialTeam = partial(teamSettingsJsonSchema);
/** What an environment says about itself. */
export const environmentSettingsJsonSchema: JsonSchema = generate(environmentSchema);

/** What `environments/<name>.yaml` may hold. */
export const environmentJsonSchema: JsonSchema = {
  ...environmentSettingsJsonSchema,
  title: "Environment",
  description: "One project of Google Cloud and what all its teams share",
  properties: {
    ...environmentSettingsJsonSchema.properties,
    teamDefaults: {
      ...partialTeam,
      description: "Settings of every team of the environment, unless the team says otherwise",
    },
  },
};

/** What `teams/<name>/team.yaml` may hold. */
export const teamJsonSchema: JsonSchema = {
  ...teamSettingsJsonSchema,
  title: "Team",
  description: "What a team runs on the platform",
  properties: {
    ...teamSettingsJsonSchema.properties,
    environments: {
      description: "Settings that differ in an environment, by its name: mappings are merged, all else replaced",
      type: "object",
      additionalProperties: { ...partialTeam, description: "What differs from the team's settings above" },
    },
  },
};

/** What `review.yaml` may hold. */
export const reviewJsonSchema: JsonSchema = {
  ...generate(reviewSchema),
  title: "Review",
  description: "Findings of plan reviews that are accepted for a time",
};

/** JSON Schemas for editors, by the path they are kept at. */
export function jsonSchemas(): Record<string, string> {
  const render = (schema: JsonSchema) => `${JSON.stringify({ $schema: schemaVersion, ...schema }, null, 2)}\n`;
  return {
    "config/schemas/environment.json": render(environmentJsonSchema),
    "config/schemas/review.json": render(reviewJsonSchema),
    "config/schemas/team.json": render(teamJsonSchema),
  };
}

function generate(schema: z.ZodType): JsonSchema {
  const generated = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return simplify(omit(generated, "$schema", "definitions")) as JsonSchema;
}

/** References stand only where any JSON value may be: a schema without references can be nested in another. */
function simplify(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(simplify);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return "$ref" in value ? {} : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, simplify(item)]));
}

/** The schema with nothing required. Lists are replaced as a whole, so their items stay complete. */
function partial(schema: JsonSchema): JsonSchema {
  return {
    ...omit(schema, "required", "default"),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, partial(value)])),
    }),
    ...(typeof schema.additionalProperties === "object" && {
      additionalProperties: partial(schema.additionalProperties),
    }),
  };
}
