import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import { Construct } from "constructs";

import type { IEncryptionKey } from "./encryption-key";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

/** A BigQuery dataset, made here or elsewhere. */
export interface IDataset {
  /** Id within the project: letters, digits and underscores. */
  readonly datasetId: string;

  /** Lets `identity` read tables: `roles/bigquery.dataViewer` on this dataset. */
  grantRead(identity: IIdentity): Grant;

  /** Lets `identity` read and write tables: `roles/bigquery.dataEditor` on this dataset. */
  grantWrite(identity: IIdentity): Grant;
}

export interface DatasetProps {
  /** Id within the project: letters, digits and underscores. */
  readonly datasetId: string;

  readonly description: string;

  /** Key that encrypts tables that name none of their own. */
  readonly encryptionKey: IEncryptionKey;
}

abstract class DatasetBase extends Construct implements IDataset {
  abstract readonly datasetId: string;

  grantRead(identity: IIdentity): Grant {
    return this.grant("Reader", "roles/bigquery.dataViewer", identity);
  }

  grantWrite(identity: IIdentity): Grant {
    return this.grant("Writer", "roles/bigquery.dataEditor", identity);
  }

  private grant(id: string, role: string, identity: IIdentity): Grant {
    return grantOnce(
      this,
      id,
      identity,
      (grantId, to) => new BigqueryDatasetIamMember(this, grantId, { datasetId: this.datasetId, role, ...to }),
    );
  }
}

/** A dataset in the environment's region, encrypted with the customer's key; its tables can be restored for a week. */
export class Dataset extends DatasetBase {
  /** A dataset that another stack makes. */
  static fromName(scope: Construct, id: string, datasetId: string): IDataset {
    class Import extends DatasetBase {
      readonly datasetId = datasetId;
    }
    return new Import(scope, id);
  }

  readonly datasetId: string;

  constructor(scope: Construct, id: string, props: DatasetProps) {
    super(scope, id);
    const { region, deletionProtection } = PlatformStack.of(this).environment;
    const dataset = new BigqueryDataset(this, "Resource", {
      datasetId: props.datasetId,
      description: props.description,
      location: region,
      maxTimeTravelHours: "168",
      deleteContentsOnDestroy: !deletionProtection,
      defaultEncryptionConfiguration: { kmsKeyName: props.encryptionKey.keyId },
      dependsOn: props.encryptionKey.grants,
    });
    this.datasetId = dataset.datasetId;
  }
}
