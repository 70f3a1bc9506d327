/** Ends an execution wherever it is: it is nothing that an `except` could take. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** What an execution waits for, so that it can be broken off at once. */
export class Waits {
  private readonly pending = new Set<() => void>();
  private broken = false;

  /** Throws `Interrupted` once the execution was broken off. */
  check(): void {
    if (this.broken) {
      throw new Interrupted();
    }
  }

  /** Whoever waits is interrupted, and whoever wants to wait. What they waited for goes on without them. */
  break(): void {
    this.broken = true;
    for (const interrupt of this.pending) {
      interrupt();
    }
    this.pending.clear();
  }

  until<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const interrupt = (): void => reject(new Interrupted());
      this.pending.add(interrupt);
      promise.finally(() => this.pending.delete(interrupt)).then(resolve, reject);
      if (this.broken) {
        interrupt();
      }
    });
  }
}
