import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { Condition } from "./condition";
import { type Grant, grantOnce } from "./grant";
import type { IIdentity } from "./identity";
import { PlatformStack } from "./platform-stack";

/** `projects/{project}/roles/{role}` */
export type CustomRoleName = `projects/${string}/roles/${string}`;

export interface CustomRoleProps {
  /** Id within the project: 3 to 64 letters, digits, underscores and periods. Google keeps it for 44 days when it is deleted. */
  readonly roleId: string;

  readonly title: string;

  readonly description: string;

  /** Such as `aiplatform.endpoints.get`. */
  readonly permissions: readonly string[];

  /** What must exist before, such as the enabled services. */
  readonly dependsOn: ITerraformDependable[];
}

/** A role with exactly the permissions that a workload needs, where Google's roles hold more. */
export class CustomRole extends Construct {
  /** Name of a role that another stack makes. */
  static nameOf(scope: Construct, roleId: string): CustomRoleName {
    return `projects/${PlatformStack.of(scope).environment.project}/roles/${roleId}`;
  }

  /** Gives `identity` a role on the project that another stack makes. */
  static grantOnProject(scope: Construct, roleId: string, identity: IIdentity): Grant {
    const { project } = PlatformStack.of(scope).environment;
    const role = CustomRole.nameOf(scope, roleId);
    return grantOnce(scope, roleId, identity, (id, to) => new ProjectIamMember(scope, id, { project, role, ...to }));
  }

  private readonly roleName: string;

  constructor(scope: Construct, id: string, props: CustomRoleProps) {
    super(scope, id);
    const role = new ProjectIamCustomRole(this, "Resource", {
      roleId: props.roleId,
      title: props.title,
      description: props.description,
      stage: "GA",
      permissions: [...props.permissions],
      dependsOn: props.dependsOn,
    });
    this.roleName = role.name;
  }

  /** Gives `identity` the role on the project, under a condition where one is named. */
  grantOnProject(identity: IIdentity, condition?: Condition): Grant {
    const { project } = PlatformStack.of(this).environment;
    return grantOnce(
      this,
      "Holder",
      identity,
      (id, to) =>
        new ProjectIamMember(this, id, { project, role: this.roleName, ...(condition && { condition }), ...to }),
    );
  }
}
