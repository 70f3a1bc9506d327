import { keyGranted } from "../../rules/key-granted";
import { keyUsable } from "../../rules/key-usable";
import type { Context } from "../context";
import { ApiError } from "../error";
import type { DeployedModel } from "./deployed-model";
import type { Endpoint } from "./endpoint";

/** Refuses an id that is not one, or that is deployed or being deployed. */
export function checkId(
  id: string,
  endpoint: Endpoint,
  pending: readonly { readonly endpoint: string; readonly model: DeployedModel }[],
): void {
  if (!/^[0-9]{1,10}$/.test(id) || id === "0") {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `'deployed_model.id' must be 1-10 characters of [0-9] and not 0, got '${id}'.`,
    );
  }
  const deploying = pending.filter((each) => each.endpoint === endpoint.name).map(({ model }) => model.id);
  if ([...endpoint.deployedModels.map((model) => model.id), ...deploying].includes(id)) {
    throw new ApiError("ALREADY_EXISTS", `DeployedModel ID ${id} already exists on the Endpoint.`);
  }
}

/** Refuses a service account of the project that does not exist; those of other projects are taken to exist. */
export function checkAccount({ cloud }: Context, project: string, account: unknown): void {
  const isOurs = typeof account === "string" && account.endsWith(`@${project}.iam.gserviceaccount.com`);
  if (isOurs && !cloud.get("google_service_account", `projects/${project}/serviceAccounts/${account}`)) {
    throw new ApiError("INVALID_ARGUMENT", `Service account ${account} does not exist.`);
  }
}

/** The endpoint's key also encrypts what is deployed to it: it must still be usable. */
export function checkKey({ cloud, numbers }: Context, project: string, { name, values }: Endpoint): void {
  const change = { action: "update", type: "google_vertex_ai_endpoint", id: name, project, args: values } as const;
  const world = { cloud, numbers, iamDelaySeconds: 0 };
  const refusal = keyUsable.check(change, world) ?? keyGranted.check(change, world);
  if (refusal) {
    throw new ApiError("FAILED_PRECONDITION", refusal.error.replace(/^.*?googleapi: Error \d+: /, ""));
  }
}

/** The replicas that a change adds, to be counted beside what is deployed. */
export function extraReplicas(
  { dedicatedResources: after }: DeployedModel,
  { dedicatedResources: before }: DeployedModel,
): Pick<DeployedModel, "dedicatedResources"> {
  const maxReplicaCount = (after?.maxReplicaCount ?? 0) - (before?.maxReplicaCount ?? 0);
  return after && maxReplicaCount > 0 ? { dedicatedResources: { ...after, maxReplicaCount } } : {};
}
