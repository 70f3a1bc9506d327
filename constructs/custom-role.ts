import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

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

  constructor(scope: Construct, id: string, props: CustomRoleProps) {
    super(scope, id);
    new ProjectIamCustomRole(this, "Resource", {
      roleId: props.roleId,
      title: props.title,
      description: props.description,
      stage: "GA",
      permissions: [...props.permissions],
      dependsOn: props.dependsOn,
    });
  }
}
