import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount as GoogleServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { Construct } from "constructs";

import type { Condition } from "./condition";
import type { CustomRoleName } from "./custom-role";
import { type Grant, grantOnce } from "./grant";
import { type IIdentity, nameInStack } from "./identity";
import { PlatformStack } from "./platform-stack";

/** The identity of a workload. */
export interface IServiceAccount extends IIdentity {
  /** E-mail address, such as `churn-training@acme-ml-prod.iam.gserviceaccount.com`. */
  readonly email: string;

  /** Lets `identity` run workloads as this account: `roles/iam.serviceAccountUser` on it. */
  grantActAs(identity: IIdentity): Grant;

  /**
   * Lets `identity` manage the account itself: `roles/iam.serviceAccountAdmin` on it. For service agents only: Vertex AI
   * asks for it before it runs a model as the account.
   */
  grantAdministration(identity: IIdentity): Grant;

  /**
   * Gives the account a role on the project; for roles that cannot be granted on anything smaller.
   * @param role one of Google's, or the name of a custom role: `projects/{project}/roles/{id}`
   */
  grantOnProject(role: ProjectRole): Grant;

  /** Gives the account a role on what a condition singles out of the project. */
  grantWhere(role: ConditionalRole, condition: Condition): Grant;

  /** Lets an identity of another issuer become this account: `roles/iam.workloadIdentityUser` on it. */
  grantFederation(identity: IIdentity): Grant;
}

/** Roles that workloads may hold on the whole project. */
export type ProjectRole =
  | "roles/aiplatform.user"
  | "roles/aiplatform.viewer"
  | "roles/bigquery.jobUser"
  | "roles/dataflow.developer"
  | "roles/dataflow.worker"
  | "roles/eventarc.eventReceiver"
  | "roles/logging.logWriter"
  | "roles/monitoring.viewer"
  | "roles/workflows.invoker"
  | CustomRoleName;

/** Roles that are too wide for the whole project. */
export type ConditionalRole = "roles/storage.objectUser" | "roles/storage.objectViewer";

export interface ServiceAccountProps {
  /** Account id: 6 to 30 lower-case letters, digits and hyphens. */
  readonly accountId: string;

  /** What runs as the account, for people who find it in a list. */
  readonly description: string;
}

abstract class ServiceAccountBase extends Construct implements IServiceAccount {
  abstract readonly email: string;
  abstract readonly member: string;
  protected abstract readonly resourceName: string;

  get name(): string {
    return nameInStack(this);
  }

  grantActAs(identity: IIdentity): Grant {
    return this.grant("User", "roles/iam.serviceAccountUser", identity);
  }

  grantAdministration(identity: IIdentity): Grant {
    return this.grant("Admin", "roles/iam.serviceAccountAdmin", identity);
  }

  grantOnProject(role: ProjectRole): Grant {
    return grantOnce(
      this,
      role.replace(/^.*roles\//, ""),
      this,
      (id, to) => new ProjectIamMember(this, id, { project: PlatformStack.of(this).environment.project, role, ...to }),
    );
  }

  grantWhere(role: ConditionalRole, condition: Condition): Grant {
    const { project } = PlatformStack.of(this).environment;
    return grantOnce(
      this,
      role.replace(/^.*roles\//, ""),
      this,
      (id, to) => new ProjectIamMember(this, id, { project, role, condition, ...to }),
    );
  }

  grantFederation(identity: IIdentity): Grant {
    return this.grant("Federated", "roles/iam.workloadIdentityUser", identity);
  }

  private grant(id: string, role: string, identity: IIdentity): Grant {
    return grantOnce(
      this,
      id,
      identity,
      (grantId, to) => new ServiceAccountIamMember(this, grantId, { serviceAccountId: this.resourceName, role, ...to }),
    );
  }
}

/** An identity of its own for one workload. It has no keys: workloads get short-lived tokens from Google. */
export class ServiceAccount extends ServiceAccountBase {
  /** An account that another stack makes. */
  static fromName(scope: Construct, id: string, accountId: string): IServiceAccount {
    const { project } = PlatformStack.of(scope).environment;

    class Import extends ServiceAccountBase {
      readonly email = `${accountId}@${project}.iam.gserviceaccount.com`;
      readonly member = `serviceAccount:${this.email}`;
      protected readonly resourceName = `projects/${project}/serviceAccounts/${this.email}`;
    }
    return new Import(scope, id);
  }

  readonly email: string;
  readonly member: string;
  protected readonly resourceName: string;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    const account = new GoogleServiceAccount(this, "Resource", {
      accountId: props.accountId,
      displayName: props.accountId,
      description: props.description,
    });
    this.email = account.email;
    this.member = account.member;
    this.resourceName = account.name;
  }
}
