import { isUnknown, listOf } from "../arguments";
import type { Policy } from "../policy";

/** Accounts that people make; those of Google's services need the roles that Google says. */
const madeByPeople =
  /^serviceAccount:[^@]+@(?!gcp-sa-|compute-system|dataflow-service|gs-project|serverless-robot)[a-z][-a-z0-9]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/;
const ownAccount = /^\$\{google_service_account\./;

export const noAdminForWorkloads: Policy = {
  id: "iam/no-admin-for-workloads",
  kind: "security",
  types: ["*"],
  why: "Whoever takes over a workload that administers a service owns it, with everything in it.",
  controls: ["CIS GCP 1.5", "NIST 800-53 AC-6"],
  check: ({ role, member, members }) => {
    if (typeof role !== "string" || isUnknown(role) || !/admin$/i.test(role)) {
      return undefined;
    }
    const workload = [...listOf(member), ...listOf(members)].find(
      (name) => typeof name === "string" && (ownAccount.test(name) || madeByPeople.test(name)),
    );
    return typeof workload === "string"
      ? `'role' must not be ${role} for ${workload}: grant what it does, such as *.objectUser or *.dataEditor`
      : undefined;
  },
};
