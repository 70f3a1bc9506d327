/** What one step of an acceptance showed of one stack. */
export interface Step {
  readonly step: "validate" | "plan" | "apply" | "plan again" | "destroy";
  readonly stack: string;
  readonly status: "passed" | "failed" | "left out";
  readonly seconds: number;
  /** What was done, or why it failed, as Terraform says it. */
  readonly text: string;
}

/** Steps one after the other: each took the time since the one before. */
export class Steps {
  readonly all: Step[] = [];
  private at = performance.now();

  constructor(private readonly onStep: (step: Step) => void) {}

  add(step: Omit<Step, "seconds">): void {
    const now = performance.now();
    const made = { ...step, seconds: Math.round((now - this.at) / 100) / 10 };
    this.at = now;
    this.all.push(made);
    this.onStep(made);
  }

  get havePassed(): boolean {
    return this.all.every(({ status }) => status === "passed");
  }
}
