import { must, valuePolicy } from "../checks";
import { matches, required, something } from "../expected";

export const quotas = valuePolicy({
  id: "cloudquotas/arguments",
  why: "The provider plans a preference for no quota at all; the API needs to know which (cloudquotas v1, QuotaPreference).",
  checks: {
    google_cloud_quotas_quota_preference: [
      must({
        service: required(matches(/^[a-z0-9-]+\.googleapis\.com$/, 'a service, such as "aiplatform.googleapis.com"')),
        quota_id: something,
        parent: required(matches(/^(?:projects|folders|organizations)\/[^/]+$/, '"projects/" and the project')),
      }),
    ],
  },
});
