import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout } from "../support/checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** Replaces a text of a file, which must be there. */
function edit(file: string, before: string, after: string): void {
  const path = join(checkout.folder, file);
  const content = readFileSync(path, "utf8");
  expect(content).toContain(before);
  writeFileSync(path, content.replace(before, after));
}

test("a grant taken out of a stack or of the catalogue fails the deploy with the reason and the place to mend it", async () => {
  edit("stacks/ingestion.ts", 'this.raw.grantWrite(ServiceAgent.of(this, "pubsub"));', "");
  edit("stacks/ingestion.ts", 'grants: [this.raw.grantWrite(ServiceAgent.of(this, "pubsub"))]', "grants: []");
  edit("catalog/services.ts", 'dataflow: ["dataflow", "compute", "storage"]', 'dataflow: ["dataflow", "storage"]');

  const { code, output } = await checkout.mlp("sandbox up --exit");
  expect(code).toBe(1);
  const errors = output.split("╷").map((box) => box.replace(/[│╵\s]+/g, " "));
  const about = (address: string) => errors.find((error) => error.includes(` with ${address}`));

  const subscription = about("google_pubsub_subscription.Stream-usage-events_ToTable_");
  expect(subscription).toContain(
    "Error creating Subscription: googleapi: Error 403: The caller does not have permission",
  );
  expect(subscription).toContain(
    "'bigquery_config.0.table' is written to by service-100000000001@gcp-sa-pubsub.iam.gserviceaccount.com: grant it " +
      "roles/bigquery.dataEditor with a google_bigquery_table_iam_member, applied before this resource. [subscription-may-write]",
  );
  expect(subscription).toMatch(
    /Declared in: teams\/churn\/team\.yaml:10:5 ingestion\.streams\.usage-events, stacks\/ingestion\.ts/,
  );

  const job = about("google_dataflow_flex_template_job.Job-usage-archive_");
  expect(job).toContain("Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource");
  expect(job).toContain("service-100000000001@compute-system.iam.gserviceaccount.com: grant it");
  expect(job).toMatch(/To mend: catalog\/services\.ts:\d+:1 keyPurposes/);
});
