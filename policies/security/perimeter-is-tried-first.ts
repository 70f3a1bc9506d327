import { isGiven, isMissing } from "../arguments";
import type { Policy } from "../policy";

export const perimeterIsTriedFirst: Policy = {
  id: "accesscontextmanager/dry-run-first",
  kind: "security",
  types: ["google_access_context_manager_service_perimeter"],
  why: "A perimeter that is enforced at once cuts off whatever nobody thought of; in a dry run it only writes to the audit log.",
  controls: ["NIST 800-53 SC-7"],
  check: (args) =>
    isGiven(args, "status") && isMissing(args, "spec") && args["perimeter_type"] !== "PERIMETER_TYPE_BRIDGE"
      ? "'spec' must be set, with 'use_explicit_dry_run_spec': try what 'status' is to enforce before it does"
      : undefined,
};
