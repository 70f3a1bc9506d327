import type { Construct } from "constructs";

import { type GrantedRoles, projectRoles, resourceRoles } from "../catalog/granted-roles";
import { bootstrapServices } from "../catalog/services";
import { bootstrapTypes, deployedTypes, projectGrantPermissions, readTypes } from "../catalog/terraform-permissions";
import type { EnvironmentConfig } from "../config/schema/environment";
import { Bucket } from "../constructs/bucket";
import { objectsOfBuckets, onlyGrants } from "../constructs/condition";
import { CustomRole } from "../constructs/custom-role";
import { EncryptionKey } from "../constructs/encryption-key";
import { GithubFederation } from "../constructs/github-federation";
import { KeyRing } from "../constructs/key-ring";
import type { StateLocation } from "../constructs/platform-stack";
import { ServiceAccount } from "../constructs/service-account";
import { Services } from "../constructs/services";
import { bootstrapNames } from "./bootstrap-names";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { makePlatformRoles } from "./platform-roles";

type GithubConfig = NonNullable<EnvironmentConfig["ci"]["github"]>;

/** Endings of the names of buckets whose objects Terraform makes: `servingNames` names them. */
const bucketsWithObjects = "-rollouts";

/** Permissions that CI plans with: they read what is set, and no data. */
export const plannerPermissions = distinct([
  ...Object.values(deployedTypes).flatMap(({ read }) => read),
  ...Object.values(bootstrapTypes).flat(),
  ...Object.values(readTypes).flat(),
]);

/** Permissions that CI applies with, but for grants on the project. */
export const deployerPermissions = distinct([
  ...Object.values(deployedTypes).flatMap(({ read, write }) => [...read, ...write]),
  ...Object.values(readTypes).flat(),
]).filter((permission) => !projectGrantPermissions.includes(permission));

/**
 * What must be there before the other stacks, and what they may not change: the bucket of their state, the roles of the platform, and
 * the identities that CI plans and applies with. People apply it.
 */
export class BootstrapStack extends EnvironmentStack {
  private readonly services: Services;

  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, "bootstrap", { ...props, state: stateOf(props.environment) });
    const { environmentName, environment } = props;
    this.services = new Services(this, "Services", { services: bootstrapServices });
    const state = this.addStateBucket(environment);
    makePlatformRoles(this, this.services.all);
    if (environment.ci.github !== undefined) {
      this.addIdentities(environment.ci.github, environmentName, state);
    }
  }

  private addStateBucket(environment: EnvironmentConfig): Bucket {
    const names = bootstrapNames(environment);
    // The environment's states are kept, whatever may be deleted otherwise.
    const protection = environment.state.backend === "gcs" && ({ deletionProtection: true } as const);
    const keyRing = new KeyRing(this, "KeyRing", { keyRingName: names.keyRing, dependsOn: this.services.all });
    const key = new EncryptionKey(this, "Key", {
      keyName: names.stateKey,
      keyRing,
      users: [this.services.agent("storage")],
      rotationDays: environment.encryption.rotationDays,
      ...protection,
    });
    return new Bucket(this, "State", {
      bucketName: names.stateBucket,
      encryptionKey: key,
      olderVersions: 50,
      olderVersionsDays: 90,
      restorableDays: 30,
      ...protection,
    });
  }

  private addIdentities(github: GithubConfig, environmentName: string, state: Bucket): void {
    const federation = new GithubFederation(this, "GitHub", {
      poolId: github.pool,
      repositoryId: github.repositoryId,
      ownerId: github.ownerId,
      branch: github.branch,
      environment: environmentName,
      dependsOn: this.services.all,
    });

    const planner = new ServiceAccount(this, "Planner", {
      accountId: "terraform-planner",
      description: `Plans every stack for jobs of ${github.repository}, changes nothing`,
    });
    planner.grantFederation(federation.jobs);
    this.role("PlannerRole", "terraformPlanner", "Terraform planner", plannerPermissions).grantOnProject(planner);
    planner.grantWhere("roles/storage.objectViewer", objectsOfBuckets(bucketsWithObjects));
    state.grantRead(planner);

    const deployer = new ServiceAccount(this, "Deployer", {
      accountId: "terraform-deployer",
      description: `Applies what was approved for jobs of ${github.repository}`,
    });
    deployer.grantFederation(federation.deployments);
    this.role("DeployerRole", "terraformDeployer", "Terraform deployer", deployerPermissions).grantOnProject(
      deployer,
      onlyGrants("Roles that stacks grant on resources", this.namesOf(resourceRoles)),
    );
    this.role(
      "ProjectGrantsRole",
      "terraformProjectGrants",
      "Terraform grants on the project",
      projectGrantPermissions,
    ).grantOnProject(deployer, onlyGrants("Roles that stacks grant on the project", this.namesOf(projectRoles)));
    deployer.grantWhere("roles/storage.objectUser", objectsOfBuckets(bucketsWithObjects));
    state.grantWriteOutside(this.node.id, deployer);
  }

  private role(id: string, roleId: string, title: string, permissions: readonly string[]): CustomRole {
    return new CustomRole(this, id, {
      roleId,
      title,
      description: "Exactly what Terraform asks for to manage the platform's resource types",
      permissions,
      dependsOn: this.services.all,
    });
  }

  private namesOf({ predefined, custom }: GrantedRoles): string[] {
    return [...predefined, ...custom.map((role) => CustomRole.nameOf(this, role))];
  }
}

/** A local file until the bucket is there and the state has moved into it. */
function stateOf({ state }: EnvironmentConfig): StateLocation {
  return state.backend === "gcs" && state.bootstrap === "local"
    ? { backend: "local", directory: ".terraform-state" }
    : state;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
