interface Ordered {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Works on every item once the work on those it depends on has ended, some at a time. Where a work throws, nothing more is begun,
 * and its error is thrown once what was under way has ended.
 */
export async function inDependencyOrder<T extends Ordered>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const running = new Map<string, Promise<string>>();
  const mayBegin = ({ dependencies }: T) =>
    dependencies.every((name) => !running.has(name) && !waiting.some((other) => other.name === name));
  for (;;) {
    for (let next = waiting.find(mayBegin); next && running.size < concurrency; next = waiting.find(mayBegin)) {
      const { name } = next;
      waiting.splice(waiting.indexOf(next), 1);
      running.set(
        name,
        work(next).then(() => name),
      );
    }
    if (running.size === 0) {
      return;
    }
    try {
      running.delete(await Promise.race(running.values()));
    } catch (error) {
      await Promise.allSettled(running.values());
      throw error;
    }
  }
}
