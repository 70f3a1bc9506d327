import { type DataflowTemplate, dataflowTemplates } from "../../catalog/dataflow-templates";
import { didYouMean, listNames } from "../nearest";
import { keyPlaceOf } from "../source/node";
import type { Rule } from "./rule";

/**
 * A job is given only parameters that its template documents. Settings of the workers among the parameters, such as
 * maxNumWorkers or enableStreamingEngine, end the provider's process when the same setting is an argument too.
 */
export const jobParametersKnown: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    for (const [name, { template, parameters }] of Object.entries(workloads.ingestion.jobs)) {
      const known = (dataflowTemplates[template] as DataflowTemplate).parameters;
      for (const parameter of Object.keys(parameters).filter((parameter) => !known.includes(parameter))) {
        report(
          keyPlaceOf(node, "ingestion", "jobs", name, "parameters", parameter),
          `must be a parameter of template ${template} that is not set by the blueprint, got '${parameter}'${didYouMean(parameter, known) || ","} allowed: ${listNames(known, parameter)}`,
        );
      }
    }
  }
};
