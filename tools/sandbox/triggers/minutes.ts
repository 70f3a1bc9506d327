import { minute } from "../apis/context";
import type { Clock } from "../workflows/clock";

/** Calls back at every whole minute of the clock, until it is told to stop. */
export function everyMinute(clock: Clock, tick: (now: number) => void): () => void {
  let cancel: (() => void) | undefined;
  const arrange = (): void => {
    cancel = clock.schedule(minute - (clock.now() % minute), (how) => {
      if (how === "elapsed") {
        tick(clock.now());
        arrange();
      }
    });
  };
  arrange();
  return () => {
    cancel?.();
  };
}
