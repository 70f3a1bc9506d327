import { type Jurisdiction, type Region, regionsIn } from "../../catalog/regions";
import type { Place, Report } from "../problem";
import { placeOf } from "../source/node";
import type { Rule } from "./rule";

/** Data stays in the jurisdiction that the environment promises. */
export const locationInJurisdiction: Rule = ({ environments, teams }, report) => {
  for (const { settings, node } of environments) {
    if (settings.region && settings.jurisdiction) {
      requireInside(settings.region, settings.jurisdiction, placeOf(node, "region"), report);
    }
  }
  for (const { workloads, environment, node } of teams) {
    const { jurisdiction } = environment.settings;
    for (const [name, { persistenceRegions }] of Object.entries(workloads.ingestion.streams)) {
      for (const [index, region] of persistenceRegions.entries()) {
        if (jurisdiction) {
          const place = placeOf(node, "ingestion", "streams", name, "persistenceRegions", index);
          requireInside(region, jurisdiction, place, report, ` of environment '${environment.name}'`);
        }
      }
    }
  }
};

function requireInside(region: Region, jurisdiction: Jurisdiction, place: Place, report: Report, whose = ""): void {
  const allowed = regionsIn(jurisdiction);
  if (!allowed.includes(region)) {
    report(
      place,
      `must be in jurisdiction '${jurisdiction}'${whose}, got '${region}': use one of ${allowed.join(", ")}`,
    );
  }
}
