import { type Ending, Timers } from "./timers";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with `ClockStopped` where the clock is stopped before. */
  sleep(milliseconds: number): Promise<void>;
  /** Calls back once, when the time has passed or the clock was stopped; what it returns cancels that. */
  schedule(milliseconds: number, end: (how: Ending) => void): () => void;
}

export class ClockStopped extends Error {
  override readonly name = "ClockStopped";

  constructor() {
    super("the clock was stopped");
  }
}

/** Is told every interval that passes, before what waited for its end goes on. Time waits for what it returns. */
export type AdvanceListener = (from: number, to: number) => void | Promise<void>;

/** How often a paced clock moves, in real milliseconds. */
const tick = 50;

/**
 * A clock whose time passes only while nobody has anything to do: it then stands at the next timer at once. Timers of the
 * same time end in the order in which they were set.
 *
 * Somebody has something to do while promises settle one another without waiting for the outside, and while work given to
 * `during` is not done. So whoever waits for the outside, such as a socket or a file, does it inside of `during`; whoever
 * waits for this clock does not.
 *
 * With a finite `pace`, the clock runs steadily, so many of its milliseconds per real one: for demonstrations, and for
 * people who act in between.
 */
export class SimulatedClock implements Clock {
  private readonly timers = new Timers();
  private readonly listeners = new Set<AdvanceListener>();
  private holds = 0;
  /** Takes back the next move, while one is arranged. */
  private cancelTurn: (() => void) | undefined;
  private stopped = false;

  constructor(
    private time: number,
    private speed = Infinity,
  ) {
    this.arrange();
  }

  now(): number {
    return this.time;
  }

  get pace(): number {
    return this.speed;
  }

  /** @param pace simulated milliseconds per real millisecond; `Infinity` jumps from timer to timer */
  set pace(pace: number) {
    if (!(pace > 0)) {
      throw new RangeError(`the pace of a clock must be more than 0, got ${pace}`);
    }
    this.speed = pace;
    this.disarrange();
    this.arrange();
  }

  schedule(milliseconds: number, end: (how: Ending) => void): () => void {
    if (this.stopped) {
      queueMicrotask(() => end("stopped"));
      return () => undefined;
    }
    const timer = this.timers.add(this.time + Math.max(0, milliseconds), end);
    this.arrange();
    return () => {
      timer.end = undefined;
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.schedule(milliseconds, (how) => (how === "elapsed" ? resolve() : reject(new ClockStopped())));
    });
  }

  /** Time stands still until the work is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.holds += 1;
    try {
      return await work();
    } finally {
      this.holds -= 1;
      this.arrange();
    }
  }

  /** @returns what takes the listener off again */
  onAdvance(listener: AdvanceListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Sets the clock forth, or back, as a machine's clock is set: timers in between are late, and those after it keep their time.
   */
  async jump(milliseconds: number): Promise<void> {
    await this.move(this.time + milliseconds);
  }

  /** Nobody waits any longer: sleepers are rejected, now and later. */
  stop(): void {
    this.stopped = true;
    this.disarrange();
    for (let timer = this.timers.take(); timer; timer = this.timers.take()) {
      timer.end?.("stopped");
    }
  }

  private arrange(): void {
    if (this.cancelTurn || this.stopped || this.holds > 0) {
      return;
    }
    const next = this.timers.next();
    if (this.speed === Infinity) {
      // An immediate runs after all promises have settled one another: nobody has anything to do then.
      if (next) {
        const turn = setImmediate(() => this.advance(this.timers.next()?.time));
        this.cancelTurn = () => clearImmediate(turn);
      }
      return;
    }
    const started = performance.now();
    const delay = Math.min(tick, next ? Math.max(0, (next.time - this.time) / this.speed) : tick);
    const turn = setTimeout(() => {
      // Times are whole milliseconds, as everybody who writes one expects.
      const reached = Math.ceil(this.time + (performance.now() - started) * this.speed);
      void this.advance(Math.min(reached, this.timers.next()?.time ?? Infinity));
    }, delay);
    this.cancelTurn = () => clearTimeout(turn);
    if (!next) {
      turn.unref();
    }
  }

  private disarrange(): void {
    this.cancelTurn?.();
    this.cancelTurn = undefined;
  }

  private async advance(to: number | undefined): Promise<void> {
    this.cancelTurn = undefined;
    if (to !== undefined && this.holds === 0 && !this.stopped) {
      await this.move(Math.max(to, this.time));
    }
    this.arrange();
  }

  private async move(to: number): Promise<void> {
    const from = this.time;
    this.time = to;
    if (to > from && this.listeners.size > 0) {
      await this.during(async () => {
        for (const listener of this.listeners) {
          await listener(from, to);
        }
      });
    }
    for (let timer = this.timers.next(); timer && timer.time <= this.time; timer = this.timers.next()) {
      const { end } = this.timers.take()!;
      timer.end = undefined;
      end!("elapsed");
    }
  }
}
