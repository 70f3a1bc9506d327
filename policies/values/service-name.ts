import { knownServices } from "../../catalog/known-services";
import { must, valuePolicy } from "../checks";

const service = {
  text: 'a service of Google Cloud, such as "aiplatform.googleapis.com" (those that the platform knows are in catalog/known-services.ts)',
  accepts: (value: unknown) =>
    typeof value === "string" &&
    knownServices.has(value.replace(/\.googleapis\.com$/, "")) &&
    value.endsWith(".googleapis.com"),
};

export const serviceName = valuePolicy({
  id: "serviceusage/service-name",
  why: "The provider plans any domain as a service, and for an identity any text; enabling it fails with PERMISSION_DENIED.",
  checks: {
    google_project_service: [must({ service })],
    google_project_service_identity: [must({ service })],
  },
});
