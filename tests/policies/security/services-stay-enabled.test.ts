import { servicesStayEnabled } from "../../../policies/security/services-stay-enabled";

const check = (disable?: unknown) =>
  servicesStayEnabled.check({ disable_on_destroy: disable }, "google_project_service");

test.each([false, "${var.disable}"])("%j passes", (disable) => {
  expect(check(disable)).toBeUndefined();
});

test.each([
  [undefined, "nothing"],
  [true, "true"],
  ["false", '"false"'],
])("%j is refused", (disable, shown) => {
  expect(check(disable)).toBe(`'disable_on_destroy' must be false, got ${shown}`);
});
