import type { Construct } from "constructs";

import { type KeyPurpose, keyPurposes } from "../catalog/services";
import { AuditTrail } from "../constructs/audit-trail";
import { Budget } from "../constructs/budget";
import { CustomRole } from "../constructs/custom-role";
import { EncryptionKey, type IEncryptionKey } from "../constructs/encryption-key";
import { Principal } from "../constructs/identity";
import { KeyRing } from "../constructs/key-ring";
import { Network } from "../constructs/network";
import { NotificationChannel } from "../constructs/notification-channel";
import { Repository } from "../constructs/repository";
import { Services } from "../constructs/services";
import { grantInvoke } from "../constructs/workflow";
import { platformRoles } from "./bootstrap-names";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

/** What other stacks may refer to. */
export const foundationNames = {
  keyRing: "ml-platform",
  network: "ml-platform",
  images: "images",
  pipelines: "pipelines",
} as const;

/** A key of the foundation, for another stack. */
export function platformKey(scope: Construct, purpose: KeyPurpose): IEncryptionKey {
  return EncryptionKey.fromName(scope, foundationNames.keyRing, purpose);
}

export interface FoundationStackProps extends EnvironmentStackProps {
  /** Owners of the environment's teams, such as `group:churn-ml@acme.example`: they publish images and pipelines. */
  readonly owners: readonly string[];

  /** People and programs from outside that may start workflows, of whichever team. */
  readonly starters: readonly string[];

  /** Who may see where rollouts stand and answer what they ask, of whichever team. */
  readonly approvers: readonly string[];
}

/** What all teams of an environment share: services, keys, network, repositories, audit logs, budget. */
export class FoundationStack extends EnvironmentStack {
  constructor(scope: Construct, props: FoundationStackProps) {
    super(scope, "foundation", props);
    const { environmentName, environment, owners, starters, approvers } = props;

    const services = new Services(this, "Services");
    const keyRing = new KeyRing(this, "KeyRing", { keyRingName: foundationNames.keyRing, dependsOn: services.all });
    const keys = Object.fromEntries(
      (Object.keys(keyPurposes) as KeyPurpose[]).map((purpose) => [
        purpose,
        new EncryptionKey(this, `Key-${purpose}`, {
          keyName: purpose,
          keyRing,
          users: keyPurposes[purpose].map((service) => services.agent(service)),
          rotationDays: environment.encryption.rotationDays,
        }),
      ]),
    ) as Record<KeyPurpose, EncryptionKey>;

    new Network(this, "Network", {
      networkName: foundationNames.network,
      subnetCidr: environment.network.subnetCidr,
      dependsOn: services.all,
    });

    const images = new Repository(this, "Images", {
      repositoryId: foundationNames.images,
      format: "DOCKER",
      description: "Images that train and serve models",
      encryptionKey: keys["artifact-registry"],
    });
    const pipelines = new Repository(this, "Pipelines", {
      repositoryId: foundationNames.pipelines,
      format: "KFP",
      description: "Compiled pipelines",
      encryptionKey: keys["artifact-registry"],
    });
    // Teams may share their owners: a grant on what all of them share is made once, here.
    for (const owner of new Set(owners)) {
      images.grantWrite(new Principal(owner));
      pipelines.grantWrite(new Principal(owner));
    }
    for (const starter of new Set(starters)) {
      grantInvoke(this, new Principal(starter));
    }
    for (const approver of new Set(approvers)) {
      CustomRole.grantOnProject(this, platformRoles.approver, new Principal(approver));
    }

    new AuditTrail(this, "AuditTrail", {
      encryptionKey: keys.logging,
      ...environment.audit,
      dependsOn: services.all,
    });

    services.agent("eventarc");
    services.agent("monitoring");

    const notify = new NotificationChannel(this, "BudgetMail", {
      displayName: `Budget of ${environment.project}`,
      email: environment.contactEmail,
      dependsOn: services.all,
    });
    new Budget(this, "Budget", {
      displayName: `ML platform ${environmentName} (${environment.project})`,
      ...environment.budget,
      notify,
    });
  }
}
