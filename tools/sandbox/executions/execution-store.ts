import type { Execution } from "../apis/executions";
import type { Store } from "../apis/store";

/** An execution with its place among all. */
interface Kept {
  readonly number: number;
  readonly execution: Execution;
}

const kind = "execution";

/** What is known of executions, also after a restart. */
export class ExecutionStore {
  constructor(private readonly store: Store) {}

  add(execution: Execution): void {
    const number = (this.store.get<number>("counter", kind) ?? 0) + 1;
    this.store.put("counter", kind, number);
    this.store.put(kind, execution.name, { number, execution } satisfies Kept);
  }

  get(name: string): Execution | undefined {
    return this.store.get<Kept>(kind, name)?.execution;
  }

  /** Those of a workflow, or all; newest first. */
  list(workflow?: string): Execution[] {
    const kept = this.store.list<Kept>(kind, workflow === undefined ? "" : `${workflow}/executions/`);
    return kept
      .map(([, each]) => each)
      .sort((a, b) => b.number - a.number)
      .map(({ execution }) => execution);
  }

  /** Notes how an execution ended. */
  end(name: string, ending: Pick<Execution, "state" | "endTime" | "result" | "error">): Execution {
    const kept = this.store.get<Kept>(kind, name)!;
    const execution = { ...kept.execution, ...ending };
    this.store.put(kind, name, { ...kept, execution } satisfies Kept);
    return execution;
  }
}
