import type { Store } from "./apis/store";
import { SimulatedClock } from "./workflows/clock";

const kind = "clock";
const name = "time";

/** How far ahead of time is written at once, in real milliseconds: what a kill may skip. */
const aheadMillis = 1_000;

/**
 * A simulated clock that goes on where the last one stood, at the present time where there was none. A time is written before it
 * comes, so that time never goes back, also after a kill.
 *
 * @param pace simulated seconds per real one
 */
export function keptClock(store: Store, pace: number): { clock: SimulatedClock; keep: () => void } {
  let kept = store.get<number>(kind, name) ?? Date.now();
  const clock = new SimulatedClock(kept, pace);
  const write = (time: number): void => {
    kept = time;
    store.put(kind, name, time);
  };
  clock.onAdvance((_, to) => {
    if (to > kept) {
      write(to + (Number.isFinite(clock.pace) ? clock.pace * aheadMillis : 0));
    }
  });
  return { clock, keep: () => write(clock.now()) };
}
