import { failure, WorkflowError } from "./errors";
import { limits } from "./limits";
import { describeFailure } from "./report";
import { mapOf, type Value } from "./values";

interface Failed {
  readonly id: number;
  readonly error: WorkflowError;
}

/**
 * Does all branches, so many at once, whatever happens in one. Throws an `UnhandledBranchError` after that, where any failed.
 *
 * @param limit `concurrency_limit` of the step
 */
export async function runBranches(branches: Iterable<() => Promise<unknown>>, limit: Value | undefined): Promise<void> {
  const failed: Failed[] = [];
  const queue = branches[Symbol.iterator]();
  let begun = 0;
  const worker = async (): Promise<void> => {
    for (let branch = queue.next(); !branch.done; branch = queue.next()) {
      const id = begun++;
      try {
        await branch.value();
      } catch (error) {
        if (!(error instanceof WorkflowError) || error.fatal) {
          throw error;
        }
        failed.push({ id, error });
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: widthOf(limit) }, worker));
  for (const ended of workers) {
    if (ended.status === "rejected") {
      throw ended.reason;
    }
  }
  if (failed.length > 0) {
    throw unhandled(failed);
  }
}

function widthOf(limit: Value | undefined): number {
  if (limit === undefined) {
    return limits.concurrency;
  }
  if (typeof limit !== "bigint" || limit < 1n) {
    throw failure("ValueError", "'concurrency_limit' must be an integer of 1 or more");
  }
  return Math.min(Number(limit), limits.concurrency);
}

function unhandled(failed: readonly Failed[]): WorkflowError {
  const branches = [...failed]
    .sort((a, b) => a.id - b.id)
    .map(({ id, error }) => {
      const { context, payload } = describeFailure(error);
      return mapOf({ id: String(id), error: mapOf({ context, payload }) });
    });
  return failure("UnhandledBranchError", "One or more branches or iterations encountered an unhandled runtime error", {
    branches,
  });
}
