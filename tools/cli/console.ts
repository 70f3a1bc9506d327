import { ConsoleServer } from "../sandbox/console/server";
import type { StackResource } from "../sandbox/console/source";
import type { Runtime } from "../sandbox/runtime";
import { managedResources } from "./terraform-state";

/** How long the list of resources holds, in milliseconds: reading the states takes a while. */
const resourcesHold = 1_000;

/** Serves the console of what runs in this process. Close it before the sandbox. */
export async function openConsole(runtime: Runtime, project: string, states: string): Promise<ConsoleServer> {
  const { apis, engine, clock } = runtime;
  const server = await ConsoleServer.listen({
    source: {
      project,
      clock: () => ({ now: clock.now(), pace: Number.isFinite(clock.pace) ? clock.pace : null }),
      context: apis.context,
      executions: engine,
      resources: resourcesIn(states),
    },
  });
  runtime.consoleUrl = server.url;
  return server;
}

/** Resources of all states; while Terraform writes one, what was there before. */
function resourcesIn(states: string): () => readonly StackResource[] {
  let known: readonly StackResource[] = [];
  let readAt = -Infinity;
  return () => {
    if (performance.now() - readAt > resourcesHold) {
      readAt = performance.now();
      try {
        known = managedResources(states);
      } catch {
        return known;
      }
    }
    return known;
  };
}
