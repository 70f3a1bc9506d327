import { isUnknown, show, isTrue } from "../arguments";
import type { Policy } from "../policy";

export const subnetReachesGooglePrivately: Policy = {
  id: "compute/private-google-access",
  kind: "security",
  types: ["google_compute_subnetwork"],
  why: "Workers without public addresses reach Google's services only through Private Google Access.",
  controls: ["NIST 800-53 SC-7"],
  check: ({ private_ip_google_access: access }) =>
    isTrue(access) || isUnknown(access) ? undefined : `'private_ip_google_access' must be true, got ${show(access)}`,
};
