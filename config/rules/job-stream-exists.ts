import { didYouMean, listNames } from "../nearest";
import { entries, placeOf } from "../source/node";
import type { Rule } from "./rule";

/** A job reads a stream of its own team. */
export const jobStreamExists: Rule = ({ teams }, report) => {
  for (const { workloads, node } of teams) {
    const streams = entries(node, "ingestion", "streams").map(([name]) => name);
    for (const [name, { stream }] of Object.entries(workloads.ingestion.jobs)) {
      if (!streams.includes(stream)) {
        const near = didYouMean(stream, streams);
        report(
          placeOf(node, "ingestion", "jobs", name, "stream"),
          `must be a stream of the team, got '${stream}'${near || ","} streams: ${listNames(streams, stream)}`,
        );
      }
    }
  }
};
