import { anyOf, must, valuePolicy, where } from "../checks";
import { isGiven } from "../arguments";
import { each, matches } from "../expected";

const projects = each(
  matches(/^(?:projects\/\d+|\/\/compute\.googleapis\.com\/.+)$/, "projects by number, such as projects/123456789012"),
);

export const accessContextManager = valuePolicy({
  id: "accesscontextmanager/arguments",
  why: "The provider plans a dry run that is not told so, and projects by id; the API refuses them (accesscontextmanager v1, ServicePerimeter).",
  checks: {
    google_access_context_manager_service_perimeter: [
      must({ "status.resources": projects, "spec.resources": projects }),
      where((args) => isGiven(args, "spec"), anyOf("use_explicit_dry_run_spec")),
    ],
  },
});
