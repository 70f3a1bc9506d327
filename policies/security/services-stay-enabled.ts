import { isUnknown, show, isFalse } from "../arguments";
import type { Policy } from "../policy";

export const servicesStayEnabled: Policy = {
  id: "serviceusage/services-stay-enabled",
  kind: "security",
  types: ["google_project_service"],
  why: "The default of provider 6 disables the service when the stack is destroyed, for everything else in the project too.",
  check: ({ disable_on_destroy: disable }) =>
    isFalse(disable) || isUnknown(disable) ? undefined : `'disable_on_destroy' must be false, got ${show(disable)}`,
};
