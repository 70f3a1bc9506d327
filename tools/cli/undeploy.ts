import { setTimeout as wait } from "node:timers/promises";

import type { CloudClient } from "../rollout/cloud-client";
import type { EndpointState } from "../rollout/state";
import { Cloud } from "../sandbox/cloud";
import { isList } from "../sandbox/values/value";
import type { ManagedResource } from "./terraform-state";

/**
 * Undeploys the models of endpoints in the sandbox, as must be done before an endpoint is deleted: Terraform does not, since it knows
 * of none of them. Executions that are active end first, so that they deploy nothing again.
 * @param resources what is about to be destroyed
 */
export async function undeployModels(
  root: string,
  client: CloudClient,
  resources: readonly ManagedResource[],
  say: (line: string) => void,
): Promise<void> {
  const cloud = new Cloud(root);
  const ids = new Set(resources.map(({ id }) => id));
  const doomed = (type: string) => cloud.list(type).filter(({ id }) => ids.has(id));
  for (const { id: workflow } of doomed("google_workflows_workflow")) {
    await cancelExecutions(client, workflow, say);
  }
  const serving = doomed("google_vertex_ai_endpoint").filter(({ values }) => {
    const deployed = values["deployed_models"];
    return isList(deployed) && deployed.length > 0;
  });
  for (const { id, values } of serving) {
    say(`${String(values["display_name"])}  undeploying its models`);
    await undeploy(client, id);
  }
}

async function cancelExecutions(client: CloudClient, workflow: string, say: (line: string) => void): Promise<void> {
  const api = "https://workflowexecutions.googleapis.com/v1";
  const url = `${api}/${workflow}/executions?filter=${encodeURIComponent('state="ACTIVE"')}`;
  const { executions = [] } = (await client.call("GET", url)) as { executions?: { name: string }[] };
  for (const { name } of executions) {
    say(`${workflow.slice(workflow.lastIndexOf("/") + 1)}  cancelling an execution`);
    await client.call("POST", `${api}/${name}:cancel`, {});
  }
}

/** One after the other: first those without traffic, then the one that has all of it. */
async function undeploy(client: CloudClient, endpoint: string): Promise<void> {
  const api = `https://${endpoint.split("/")[3]!}-aiplatform.googleapis.com/v1`;
  const read = async () => (await client.call("GET", `${api}/${endpoint}`)) as EndpointState;
  const { deployedModels = [], trafficSplit = {} } = await read();
  const [last, ...others] = [...deployedModels].sort((a, b) => (trafficSplit[b.id] ?? 0) - (trafficSplit[a.id] ?? 0));
  if (others.length > 0) {
    await client.call("PATCH", `${api}/${endpoint}?updateMask=trafficSplit`, { trafficSplit: { [last!.id]: 100 } });
  }
  for (const { id } of [...others, last!]) {
    const { name } = (await client.call("POST", `${api}/${endpoint}:undeployModel`, { deployedModelId: id })) as {
      name: string;
    };
    while (!((await client.call("GET", `${api}/${name}`)) as { done?: boolean }).done) {
      await wait(50);
    }
  }
}
