import type { CloudResource } from "../cloud";
import type { Context } from "../apis/context";
import type { Executions } from "../apis/executions";
import type { ClockView } from "./view";

/** A resource with its place in Terraform's state. */
export interface StackResource {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly id: string;
}

/** What a console looks at: a running sandbox, or a simulated one. */
export interface ConsoleSource {
  readonly project: string;
  readonly clock: () => ClockView;
  /** What Terraform made and what services keep. The console reads, and never writes. */
  readonly context: Context;
  readonly executions: Pick<Executions, "list" | "get" | "call">;
  /** What Terraform manages. */
  readonly resources: () => readonly StackResource[];
}

/** What the pretend cloud holds of a resource. */
export function resourceIn(
  { context, resources }: ConsoleSource,
  stack: string,
  address: string,
): CloudResource | undefined {
  const found = resources().find((each) => each.stack === stack && each.address === address);
  return found && context.cloud.get(found.type, found.id);
}
