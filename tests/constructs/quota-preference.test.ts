import { CloudQuotasQuotaPreference } from "@cdktf/provider-google/lib/cloud-quotas-quota-preference";

import { accelerators } from "../../catalog/accelerators";
import { QuotaPreference, type QuotaPreferenceProps } from "../../constructs/quota-preference";
import { templateOf } from "../support/template";

const preference = (changes: Partial<QuotaPreferenceProps> = {}) =>
  templateOf(
    (stack) =>
      new QuotaPreference(stack, "Quota", {
        use: "training",
        accelerator: "NVIDIA_TESLA_T4",
        preferredValue: 8,
        contactEmail: "ml@acme.example",
        ...changes,
      }),
  );

test("a preference asks for accelerators of Vertex AI in the environment's region, and cannot be destroyed", () => {
  const template = preference();
  expect(template.counts).toEqual({ google_cloud_quotas_quota_preference: 1 });
  expect(template.only(CloudQuotasQuotaPreference)).toEqual({
    parent: "projects/123456789012",
    name: "aiplatform-training-nvidia-tesla-t4-europe-west4",
    service: "aiplatform.googleapis.com",
    quota_id: "CustomModelTrainingT4GPUsPerProjectPerRegion",
    dimensions: { region: "europe-west4" },
    quota_config: { preferred_value: "8" },
    contact_email: "ml@acme.example",
    justification: "Accelerators for training of machine learning models",
    lifecycle: { prevent_destroy: true },
  });
});

test("protection can be taken off", () => {
  expect(preference({ protect: false }).only(CloudQuotasQuotaPreference)).not.toHaveProperty("lifecycle");
});

test("serving has a quota of its own", () => {
  expect(preference({ use: "serving" }).only(CloudQuotasQuotaPreference)).toMatchObject({
    name: "aiplatform-serving-nvidia-tesla-t4-europe-west4",
    quota_id: "CustomModelServingT4GPUsPerProjectPerRegion",
  });
});

test("all accelerators have names that Google takes and that differ", () => {
  const names = accelerators.map(
    (accelerator) => preference({ accelerator }).only(CloudQuotasQuotaPreference)["name"] as string,
  );
  expect(names.filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(accelerators.length);
});

test.each([0, -1, 1_000_001])("asking for %i accelerators is refused", (preferredValue) => {
  expect(() => preference({ preferredValue })).toThrow(
    new Error(`test/Quota: 'preferredValue' must be from 1 to 1000000, got ${preferredValue}`),
  );
});
