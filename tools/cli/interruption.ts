/** Ctrl-C, a polite kill, and the end of the terminal. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm passes Ctrl-C on to a process that the terminal has told already: what comes this soon is the same one. */
const sameMillis = 1_000;

/** How often this process was asked to end. */
type Urgency = "first" | "again";

const listeners = new Set<(urgency: Urgency) => void>();
let holders = 0;
let askedAt: number | undefined;

/**
 * Keeps this process from ending when it is asked to, so that it can end what it started and leave things in order. Gives the
 * function that ends this.
 */
export function holdInterruptions(): () => void {
  if (holders++ === 0) {
    signals.forEach((signal) => process.on(signal, take));
  }
  return () => {
    if (--holders === 0) {
      signals.forEach((signal) => process.off(signal, take));
    }
  };
}

/** Whether this process was asked to end. */
export function isInterrupted(): boolean {
  return askedAt !== undefined;
}

/** Calls back when this process is asked to end, and when Ctrl-C is pressed again. Gives the function that ends this. */
export function onInterruption(listener: (urgency: Urgency) => void): () => void {
  const release = holdInterruptions();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    release();
  };
}

/** Waits until this process is asked to end. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    const keepAlive = setInterval(() => undefined, 1 << 30);
    const finish = () => {
      clearInterval(keepAlive);
      stop();
      resolve();
    };
    const stop = onInterruption(finish);
    if (isInterrupted()) {
      finish();
    }
  });
}

function take(signal: NodeJS.Signals): void {
  const now = performance.now();
  if (askedAt === undefined) {
    askedAt = now;
    listeners.forEach((listener) => listener("first"));
  } else if (signal === "SIGINT" && now - askedAt > sameMillis) {
    listeners.forEach((listener) => listener("again"));
  }
}
