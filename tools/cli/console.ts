import { ConsoleServer } from "../sandbox/console/server";
import type { StackResource } from "../sandbox/console/source";
import type { Runtime } from "../sandbox/runtime";
import { managedResources } from "./terraform-state";

/** How long the list of resources holds, in milliseconds: reading the states takes a while. */
const resourcesHold = 1_000;

/** Serves the console of what runs in this process. Close it before the sandbox. */
export function openConsole({ apis, engine, clock }: Runtime, project: string, states: string): Promise<ConsoleServer> {
  return ConsoleServer.listen({
    source: {
      project,
      clock: () => ({ now: clock.now(), pace: Number.isFinite(clock.pace) ? clock.pace : null }),
      context: apis.context,
      executions: engine,
      resources: resourcesIn(states),
    },
  });
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
