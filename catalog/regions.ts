/*
 * Regions of Google Cloud in which Vertex AI runs, and the jurisdiction each lies in.
 * Source: Google Cloud "Geography and regions" and Vertex AI "Locations" pages, read 2026-08. Whether an accelerator is
 * available in a region is not recorded here: Cloud Quotas knows it for a project (`google_cloud_quotas_quota_info`).
 */
const jurisdictionOfRegion = {
  "europe-central2": "eu",
  "europe-north1": "eu",
  "europe-southwest1": "eu",
  "europe-west1": "eu",
  "europe-west3": "eu",
  "europe-west4": "eu",
  "europe-west8": "eu",
  "europe-west9": "eu",
  "europe-west12": "eu",
  "europe-west2": "uk",
  "europe-west6": "ch",
  "us-central1": "us",
  "us-east1": "us",
  "us-east4": "us",
  "us-east5": "us",
  "us-south1": "us",
  "us-west1": "us",
  "us-west2": "us",
  "us-west3": "us",
  "us-west4": "us",
  "northamerica-northeast1": "ca",
  "northamerica-northeast2": "ca",
  "southamerica-east1": "br",
  "asia-northeast1": "jp",
  "asia-northeast3": "kr",
  "asia-south1": "in",
  "asia-southeast1": "sg",
  "australia-southeast1": "au",
} as const;

export type Region = keyof typeof jurisdictionOfRegion;
export type Jurisdiction = (typeof jurisdictionOfRegion)[Region];

/** All regions the platform can be deployed to. */
export const regions = Object.keys(jurisdictionOfRegion) as [Region, ...Region[]];

/** All jurisdictions an environment can be bound to. */
export const jurisdictions = [...new Set(Object.values(jurisdictionOfRegion))] as [Jurisdiction, ...Jurisdiction[]];

/** The regions that lie in a jurisdiction. */
export function regionsIn(jurisdiction: Jurisdiction): Region[] {
  return regions.filter((region) => jurisdictionOfRegion[region] === jurisdiction);
}
