import type { Construct } from "constructs";

import { Bucket, type IBucket } from "../../constructs/bucket";
import { Dataset, type IDataset } from "../../constructs/dataset";
import type { IEncryptionKey } from "../../constructs/encryption-key";
import { Principal } from "../../constructs/identity";
import type { INetwork } from "../../constructs/network";
import { NotificationChannel } from "../../constructs/notification-channel";
import { type IServiceAccount, ServiceAccount } from "../../constructs/service-account";
import { type ITopic, Topic } from "../../constructs/topic";

/** A grant of the key that has to be made before the key is used. */
export const keyGrant = { fqn: "google_kms_crypto_key_iam_member.agent" };

export const encryptionKey: IEncryptionKey = {
  keyId: "projects/acme-ml-dev/locations/europe-west4/keyRings/platform/cryptoKeys/data",
  grants: [keyGrant],
};

export const analysts = new Principal("group:analysts@acme.example");

export const network: INetwork = {
  networkId: "projects/acme-ml-dev/global/networks/platform",
  subnetworkId: "projects/acme-ml-dev/regions/europe-west4/subnetworks/platform",
  subnetworkPath: "regions/europe-west4/subnetworks/platform",
};

export const bucket = (scope: Construct): IBucket => Bucket.fromName(scope, "Bucket", "acme-ml-dev-work");

export const topic = (scope: Construct, id = "Topic"): ITopic => Topic.fromName(scope, id, "churn-events");

export const dataset = (scope: Construct): IDataset => Dataset.fromName(scope, "Dataset", "churn");

export const runner = (scope: Construct): IServiceAccount => ServiceAccount.fromName(scope, "Runner", "churn-runner");

export const scheduler = (scope: Construct): IServiceAccount =>
  ServiceAccount.fromName(scope, "Scheduler", "churn-scheduler");

export const notificationChannel = (scope: Construct): NotificationChannel =>
  new NotificationChannel(scope, "Mail", { displayName: "Team churn", email: "churn@acme.example" });
