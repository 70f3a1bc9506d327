import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";

import { onlyGrants } from "../../constructs/condition";
import { CustomRole } from "../../constructs/custom-role";
import type { PlatformStack } from "../../constructs/platform-stack";
import { analysts } from "../support/fixtures";
import { reference, templateOf, testStack } from "../support/template";

const role = (stack: PlatformStack) =>
  new CustomRole(stack, "Role", {
    roleId: "deployer",
    title: "Deployer",
    description: "Deploys",
    permissions: ["pubsub.topics.create"],
    dependsOn: [{ fqn: "google_project_service.iam" }],
  });

test("a role holds the permissions that are named, and nobody holds the role", () => {
  const template = templateOf(role);
  expect(template.counts).toEqual({ google_project_iam_custom_role: 1 });
  expect(template.only(ProjectIamCustomRole)).toEqual({
    role_id: "deployer",
    title: "Deployer",
    description: "Deploys",
    stage: "GA",
    permissions: ["pubsub.topics.create"],
    depends_on: ["google_project_service.iam"],
  });
});

test("it is granted on the project, with a condition where one is named", () => {
  const grant = { project: "acme-ml-dev", role: reference(ProjectIamCustomRole, "name"), member: analysts.member };
  const condition = onlyGrants("Bound", ["roles/run.invoker"]);
  expect(templateOf((stack) => role(stack).grantOnProject(analysts)).only(ProjectIamMember)).toEqual(grant);
  expect(templateOf((stack) => role(stack).grantOnProject(analysts, condition)).only(ProjectIamMember)).toEqual({
    ...grant,
    condition,
  });
});

test("a role of another stack is named", () => {
  expect(CustomRole.nameOf(testStack(), "deployer")).toBe("projects/acme-ml-dev/roles/deployer");
});
