import { subnetReachesGooglePrivately } from "../../../policies/security/subnet-reaches-google-privately";

const check = (access?: unknown) =>
  subnetReachesGooglePrivately.check({ private_ip_google_access: access }, "google_compute_subnetwork");

test.each([true, "true", "${var.access}"])("%j passes", (access) => {
  expect(check(access)).toBeUndefined();
});

test.each([
  [undefined, "nothing"],
  [false, "false"],
  ["yes", '"yes"'],
])("%j is refused", (access, shown) => {
  expect(check(access)).toBe(`'private_ip_google_access' must be true, got ${shown}`);
});
