import { didYouMean, listNames } from "../nearest";
import { rootParameters } from "../pipeline-specification";
import { entries, find, keyPlaceOf, type Node, placeOf, plain, text } from "../source/node";
import { describe } from "../text";
import type { Rule } from "./rule";
import { specifications } from "./specifications";

interface ParameterType {
  readonly noun: string;
  readonly fits: (value: unknown) => boolean;
}

/** Parameter types of KFP. */
const types: Readonly<Record<string, ParameterType>> = {
  STRING: { noun: "text", fits: (value) => typeof value === "string" },
  NUMBER_INTEGER: { noun: "a whole number", fits: Number.isInteger },
  NUMBER_DOUBLE: { noun: "a number", fits: (value) => typeof value === "number" },
  BOOLEAN: { noun: "true or false", fits: (value) => typeof value === "boolean" },
  LIST: { noun: "a list", fits: Array.isArray },
  STRUCT: {
    noun: "a mapping",
    fits: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  },
};

/** A pipeline is started with the parameters that its specification declares, all of them, in their types. */
export const pipelineParameters: Rule = ({ teams }, report) => {
  for (const team of teams) {
    for (const { name, pipeline, specification } of specifications(team)) {
      const path = ["pipelines", name, "parameters"];
      const declared = new Map(rootParameters(specification));
      const file = `'${pipeline.specification.path}'`;
      for (const [parameter, definition] of declared) {
        if (!Object.hasOwn(pipeline.parameters, parameter) && isRequired(definition)) {
          const says = text(definition, "description");
          report(
            placeOf(team.node, ...path, parameter),
            `is missing: ${file} requires it as ${nounOf(definition)}${says === undefined ? "" : ` (${says})`}`,
          );
        }
      }
      for (const [parameter, { value }] of entries(team.node, ...path)) {
        const definition = declared.get(parameter);
        const type = types[text(definition, "parameterType") ?? ""];
        if (definition === undefined) {
          const known = [...declared.keys()];
          report(
            keyPlaceOf(team.node, ...path, parameter),
            `must be a parameter of ${file}, got '${parameter}'${didYouMean(parameter, known) || ","} allowed: ${listNames(known, parameter)}`,
          );
        } else if (type?.fits(plain(value)) === false) {
          report(
            value.place,
            `must be ${type.noun} (${text(definition, "parameterType")}), got ${describe(plain(value))}`,
          );
        }
      }
    }
  }
};

function isRequired(definition: Node): boolean {
  const optional = find(definition, ["isOptional"]);
  return find(definition, ["defaultValue"]) === undefined && !(optional && plain(optional) === true);
}

function nounOf(definition: Node): string {
  const type = text(definition, "parameterType") ?? "a value";
  return types[type]?.noun ?? type;
}
