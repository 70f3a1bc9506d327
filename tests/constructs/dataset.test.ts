import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";

import { Dataset, type DatasetProps } from "../../constructs/dataset";
import { analysts, encryptionKey, keyGrant } from "../support/fixtures";
import { reference, templateOf } from "../support/template";

const props: DatasetProps = { datasetId: "churn", description: "Events of customers", encryptionKey };

test("a dataset is encrypted, in its region, can be restored for a week, and waits for the key's grants", () => {
  const template = templateOf((stack) => new Dataset(stack, "Churn", props));
  expect(template.counts).toEqual({ google_bigquery_dataset: 1 });
  expect(template.only(BigqueryDataset)).toEqual({
    dataset_id: "churn",
    description: "Events of customers",
    location: "europe-west4",
    max_time_travel_hours: "168",
    delete_contents_on_destroy: true,
    default_encryption_configuration: { kms_key_name: encryptionKey.keyId },
    depends_on: [keyGrant.fqn],
  });
});

test("a protected dataset is not destroyed with tables in it", () => {
  const template = templateOf((stack) => new Dataset(stack, "Churn", props), { deletionProtection: true });
  expect(template.only(BigqueryDataset)).toMatchObject({ delete_contents_on_destroy: false });
});

const grants = [
  ["grantRead", "roles/bigquery.dataViewer"],
  ["grantWrite", "roles/bigquery.dataEditor"],
] as const;

test.each(grants)("%s gives %s once, on the dataset alone", (verb, role) => {
  const template = templateOf((stack) => {
    const dataset = new Dataset(stack, "Churn", props);
    dataset[verb](analysts);
    dataset[verb](analysts);
  });
  expect(template.only(BigqueryDatasetIamMember)).toEqual({
    dataset_id: reference(BigqueryDataset, "dataset_id"),
    role,
    member: analysts.member,
  });
});

test.each(grants)("%s gives %s on a dataset that another stack makes", (verb, role) => {
  const template = templateOf((stack) => Dataset.fromName(stack, "Churn", "churn")[verb](analysts));
  expect(template.counts).toEqual({ google_bigquery_dataset_iam_member: 1 });
  expect(template.only(BigqueryDatasetIamMember)).toEqual({ dataset_id: "churn", role, member: analysts.member });
});
