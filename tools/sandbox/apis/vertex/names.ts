import { failureOfApi } from "../../rules/api-enabled";
import type { Context } from "../context";
import { ApiError } from "../error";
import type { Call } from "../http";

/** A project and region. Callers name the project by id or number; the sandbox keeps ids, Vertex AI answers with numbers. */
export interface Location {
  readonly project: string;
  readonly region: string;
}

/** Project and region of a call. Throws where the host belongs to another region, or where the API is off. */
export function locationOf({ cloud, numbers }: Context, { host, params }: Call): Location {
  const region = params["location"]!;
  if (host !== `${region}-aiplatform.googleapis.com`) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      "List of found errors:\t1.Field: name; Message: The provided location ID doesn't match the endpoint. For a list of " +
        "available locations, see https://cloud.google.com/vertex-ai/docs/general/locations.\t",
    );
  }
  const project = numbers.idOf(params["project"]!);
  requireApi({ cloud }, project, "aiplatform.googleapis.com", "Vertex AI API");
  return { project, region };
}

/** Throws where an API that is off by default was not turned on. */
export function requireApi({ cloud }: Pick<Context, "cloud">, project: string, api: string, title: string): void {
  if (!cloud.get("google_project_service", `${project}/${api}`)) {
    throw new ApiError("PERMISSION_DENIED", failureOfApi(title, api, project), [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "SERVICE_DISABLED",
        domain: "googleapis.com",
        metadata: { consumer: `projects/${project}`, service: api },
      },
    ]);
  }
}

/** `projects/acme/locations/europe-west4` */
export function parentOf({ project, region }: Location): string {
  return `projects/${project}/locations/${region}`;
}

/** A name with the project's id, as the sandbox keeps it. */
export function withId({ numbers }: Pick<Context, "numbers">, name: string): string {
  return name.replace(/^projects\/([^/]+)/, (_, project: string) => `projects/${numbers.idOf(project)}`);
}

/** A name with the project's number, as Vertex AI answers. */
export function withNumber({ numbers }: Pick<Context, "numbers">, name: string): string {
  return name.replace(/^projects\/([^/]+)/, (_, project: string) => `projects/${numbers.of(numbers.idOf(project))}`);
}
