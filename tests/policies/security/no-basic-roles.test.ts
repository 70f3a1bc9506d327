import { noBasicRoles } from "../../../policies/security/no-basic-roles";

const check = (args: Record<string, unknown>) => noBasicRoles.check(args, "google_project_iam_member");
const member = "group:analysts@acme.example";

test.each(["roles/storage.objectViewer", "roles/browser", "projects/p/roles/viewer", "${var.role}", undefined])(
  "%s passes",
  (role) => {
    expect(check({ role, member })).toBeUndefined();
  },
);

test.each(["roles/owner", "roles/editor", "roles/viewer"])("%s is refused, to one member and to many", (role) => {
  const message = `'role' must not be ${role}: grant a role of the service, on the smallest resource that has it`;
  expect(check({ role, member })).toBe(message);
  expect(check({ role, members: [member] })).toBe(message);
});

test("a role that is granted to nobody passes: other resources call other things a role", () => {
  expect(check({ role: "roles/viewer" })).toBeUndefined();
});
