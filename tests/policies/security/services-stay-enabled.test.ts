import { servicesStayEnabled } from "../../../policies/security/services-stay-enabled";

const check = (disable?: unknown) =>
  servicesStayEnabled.check({ disable_on_destroy: disable }, "google_project_service");

test.each([false, "false", "${var.disable}"])("%j passes", (disable) => {
  expect(check(disable)).toBeUndefined();
});

test.each([
  [undefined, "nothing"],
  [true, "true"],
  ["no", '"no"'],
])("%j is refused", (disable, shown) => {
  expect(check(disable)).toBe(`'disable_on_destroy' must be false, got ${shown}`);
});
