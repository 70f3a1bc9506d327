import type { CloudResource, CloudView } from "../cloud";
import type { ProjectNumbers } from "../project";
import type { Faults } from "./faults";
import type { Operations } from "./operations";
import type { Random } from "./random";
import type { Store } from "./store";

/** Milliseconds since 1970; in tests and demos a simulated one. */
export interface Clock {
  now(): number;
  /** Waits; a clock without it is not slowed by faults. */
  sleep?(milliseconds: number): Promise<unknown>;
  /** Lets no time pass until the work is done; a clock that never stands still needs none. */
  during?<T>(work: () => Promise<T>): Promise<T>;
  /** Calls `listener` whenever time has passed. A clock without it is followed by calling `Traffic.advance`. */
  onAdvance?(listener: (from: number, to: number) => void): unknown;
}

/** What Terraform made, and may look at: `Cloud`, or a copy in memory. */
export interface CloudStore extends CloudView {
  put(resource: CloudResource): void;
  delete(type: string, id: string): void;
}

/** How long things take on the clock. */
export interface Durations {
  /** @default 10 */
  readonly deployMinutes: number;
  /** @default 2 */
  readonly undeployMinutes: number;
  /** @default 1 */
  readonly uploadMinutes: number;
  /** Changes of a deployed model's replicas. @default 3 */
  readonly mutateMinutes: number;
  /** Pipeline runs, custom jobs and batch predictions. @default 20 */
  readonly jobMinutes: number;
  /** Between the end of a point of time and the moment when it can be read. @default 4 */
  readonly ingestionMinutes: number;
}

export const defaultDurations: Durations = {
  deployMinutes: 10,
  undeployMinutes: 2,
  uploadMinutes: 1,
  mutateMinutes: 3,
  jobMinutes: 20,
  ingestionMinutes: 4,
};

/** What all services share. */
export interface Context {
  readonly cloud: CloudStore;
  readonly store: Store;
  readonly clock: Clock;
  readonly numbers: ProjectNumbers;
  readonly random: Random;
  readonly durations: Durations;
  readonly operations: Operations;
  readonly faults: Faults;
}

export const minute = 60_000;

/** RFC 3339 with microseconds, as Google writes times. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}
