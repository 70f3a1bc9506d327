import { type Demand, type QuotaPlace, quotaExceeded, servingDemand } from "../../quota";
import { keyGranted } from "../../rules/key-granted";
import { keyUsable } from "../../rules/key-usable";
import type { Context } from "../context";
import { ApiError } from "../error";
import type { DeployedModel } from "./deployed-model";
import type { Endpoint } from "./endpoint";
import { toTerraform } from "./terraform-shape";

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

/** Accelerators that a model may use at the most of its replicas; `undefined` where it uses none. */
export function demandOf(model: DeployedModel): Demand | undefined {
  const [resources] = toTerraform(model).dedicated_resources;
  return resources && servingDemand(resources);
}

/**
 * Refuses a demand that does not fit into what the region has left, what is being deployed included.
 * @param before what the demand takes the place of
 */
export function checkQuota(
  context: Context,
  place: QuotaPlace,
  demand: Demand | undefined,
  { underway = [], before }: { readonly underway?: readonly Demand[]; readonly before?: Demand | undefined } = {},
): void {
  const amount = (demand?.amount ?? 0) - (before?.amount ?? 0);
  const exceeded =
    demand && amount > 0 ? quotaExceeded({ ...demand, amount }, place, context, { underway }) : undefined;
  if (exceeded) {
    throw new ApiError("RESOURCE_EXHAUSTED", exceeded.message);
  }
}
