import { GoogleApis } from "../../../../tools/sandbox/apis/apis";
import { MemoryStore, type Store } from "../../../../tools/sandbox/apis/store";
import type { CloudResource } from "../../../../tools/sandbox/cloud";
import { WorkflowEngine } from "../../../../tools/sandbox/executions/workflow-engine";
import { ProjectNumbers } from "../../../../tools/sandbox/project";
import { SimulatedClock } from "../../../../tools/sandbox/workflows/runner";
import { MemoryCloud } from "../../apis/support/memory-cloud";
import { resources, start } from "../../apis/support/acme";

export const location = "projects/acme/locations/europe-west4";

/** A workflow as Terraform leaves it in the cloud. */
export function workflow(
  name: string,
  source: string,
  variables: Readonly<Record<string, string>> = {},
): CloudResource {
  return {
    type: "google_workflows_workflow",
    id: `${location}/workflows/${name}`,
    values: {
      name,
      region: "europe-west4",
      project: "acme",
      source_contents: source,
      user_env_vars: variables,
      service_account: `projects/acme/serviceAccounts/${name}@acme.iam.gserviceaccount.com`,
      revision_id: "000001-000",
    },
  };
}

/** Project `acme` with an engine, its APIs and a clock. */
export class CloudRun {
  readonly clock = new SimulatedClock(start);
  readonly numbers = new ProjectNumbers({ acme: "123456789012" });
  readonly cloud: MemoryCloud;
  readonly apis: GoogleApis;
  readonly engine: WorkflowEngine;

  constructor(
    made: readonly CloudResource[],
    readonly store: Store = new MemoryStore(),
  ) {
    this.cloud = new MemoryCloud(...resources, ...made);
    const { cloud, clock, numbers } = this;
    this.apis = new GoogleApis({ cloud, clock, store, numbers });
    this.engine = new WorkflowEngine({ cloud, clock, store, numbers, apis: this.apis });
    this.apis.serveExecutions(this.engine);
  }

  async call(method: string, url: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    return this.apis.handle({ method, url, ...(body !== undefined && { body }) });
  }

  /** Starts a workflow over the API, and gives the execution's name. */
  async start(name: string, argument: unknown): Promise<string> {
    const url = `https://workflowexecutions.googleapis.com/v1/${location}/workflows/${name}/executions`;
    const { body } = await this.call("POST", url, { argument: JSON.stringify(argument) });
    return (body as { name: string }).name;
  }

  /** Waits, by the clock, until an execution has ended. */
  async end(name: string) {
    for (let waited = 0; this.engine.get(name)!.state === "ACTIVE" && waited < 10_000; waited++) {
      await this.clock.sleep(1_000);
    }
    return this.engine.get(name)!;
  }
}
