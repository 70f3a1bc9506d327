import { stripVTControlCharacters } from "node:util";

/** What a line of `cdktf deploy` or `cdktf destroy` says about a stack. */
export type StackEvent =
  | { readonly kind: "planned"; readonly stack: string; readonly steps: number; readonly summary: string }
  | { readonly kind: "step"; readonly stack: string }
  | { readonly kind: "done"; readonly stack: string };

/** What a plan says it will do, when it is done. */
const past: Readonly<Record<string, string>> = {
  import: "imported",
  add: "added",
  change: "changed",
  destroy: "destroyed",
};

/**
 * Reads what `cdktf` prints. It puts the stack's name before the first line of every message and indents the others, redraws
 * a status line in between, has no machine-readable output, and loses lines.
 */
export class DeployOutput {
  private readonly errors = new Map<string, string[]>();
  private current: string | undefined;

  constructor(
    private readonly stacks: readonly string[],
    private readonly onEvent: (event: StackEvent) => void,
  ) {}

  /** Takes the next line. */
  line(raw: string): void {
    const line = stripVTControlCharacters(raw).replace(/^.*\r/, "");
    const prefix = this.stacks.find((stack) => line.startsWith(`${stack}  `));
    this.current = prefix ?? (/^( {2}|$)/.test(line) ? this.current : undefined);
    if (this.current !== undefined) {
      this.message(this.current, prefix === undefined ? line.trim() : line.slice(prefix.length).trim());
    }
  }

  /** Terraform's errors by stack, as they were printed. */
  failures(): ReadonlyMap<string, string> {
    return new Map([...this.errors].map(([stack, lines]) => [stack, lines.join("\n")]));
  }

  private message(stack: string, text: string): void {
    if (/^(Plan: |No changes\.)/.test(text)) {
      const counts = [...text.matchAll(/([1-9]\d*) to (import|add|change|destroy)/g)];
      const steps = counts.reduce((sum, [, count]) => sum + Number(count), 0);
      const summary = counts.map(([, count, verb]) => `${count} ${past[verb!]}`).join(", ") || "no changes";
      this.onEvent({ kind: "planned", stack, steps, summary });
    } else if (/: (Creation|Modifications|Destruction) complete after /.test(text)) {
      this.onEvent({ kind: "step", stack });
    } else if (/^(Apply|Destroy) complete!/.test(text)) {
      this.onEvent({ kind: "done", stack });
    } else if (/^[│╷╵]/.test(text)) {
      const lines = this.errors.get(stack) ?? [];
      lines.push(text);
      this.errors.set(stack, lines);
    }
  }
}
