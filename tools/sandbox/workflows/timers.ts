/** How a timer ended: its time came, or the clock was stopped. */
export type Ending = "elapsed" | "stopped";

export interface Timer {
  readonly time: number;
  readonly order: number;
  /** Gone once it was cancelled or has ended. */
  end: ((how: Ending) => void) | undefined;
}

/** Timers by time, and by the order in which they were set where times are equal: a binary heap. */
export class Timers {
  private readonly heap: Timer[] = [];
  private set = 0;

  add(time: number, end: (how: Ending) => void): Timer {
    const timer: Timer = { time, order: this.set++, end };
    this.heap.push(timer);
    this.rise(this.heap.length - 1);
    return timer;
  }

  /** The timer that is next; cancelled ones are dropped on the way. */
  next(): Timer | undefined {
    while (this.heap[0] && !this.heap[0].end) {
      this.take();
    }
    return this.heap[0];
  }

  /** Removes the timer that is next. */
  take(): Timer | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    return first;
  }

  private rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index > 0 && earlier(this.heap[index]!, this.heap[parent]!)) {
      this.swap(index, parent);
      this.rise(parent);
    }
  }

  private sink(index: number): void {
    let first = index;
    for (const child of [2 * index + 1, 2 * index + 2]) {
      if (child < this.heap.length && earlier(this.heap[child]!, this.heap[first]!)) {
        first = child;
      }
    }
    if (first !== index) {
      this.swap(index, first);
      this.sink(first);
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}

function earlier(a: Timer, b: Timer): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
