import { setTimeout as wait } from "node:timers/promises";

import { type CloudClient, CloudError } from "../../../tools/rollout/cloud-client";

/**
 * Uploads a version of a model to the registry, with the alias that rollouts begin from, and gives its number.
 * @param model `projects/{project}/locations/{region}/models/{model}`
 */
export async function uploadVersion(client: CloudClient, model: string, image: string): Promise<string> {
  const [, project, , region, , modelId] = model.split("/");
  const api = `https://${region!}-aiplatform.googleapis.com/v1`;
  const parent = (await exists(client, `${api}/${model}`)) ? { parentModel: model } : { modelId };
  const upload = (await client.call("POST", `${api}/projects/${project!}/locations/${region!}/models:upload`, {
    ...parent,
    model: { displayName: modelId, containerSpec: { imageUri: image }, versionAliases: ["challenger"] },
  })) as { name: string };
  for (;;) {
    const operation = (await client.call("GET", `${api}/${upload.name}`)) as {
      done?: boolean;
      error?: { message: string };
      response?: { modelVersionId: string };
    };
    if (operation.error) {
      throw new CloudError(400, operation.error.message);
    }
    if (operation.done) {
      return operation.response!.modelVersionId;
    }
    await wait(50);
  }
}

async function exists(client: CloudClient, url: string): Promise<boolean> {
  try {
    await client.call("GET", url);
    return true;
  } catch (error) {
    if (error instanceof CloudError && error.status === 404) {
      return false;
    }
    throw error;
  }
}
