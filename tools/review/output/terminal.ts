import pc from "picocolors";

import type { Review } from "../review";

/** The review as a person reads it in a terminal. */
export function terminalText({ outcome, findings, stacks }: Review): string {
  return [
    ...stacks.map(({ name, status, error }) => `${name}  ${status}${error === null ? "" : `: ${error}`}`),
    ...findings.map(
      ({ severity, stack, address, message, rule }) => `${pc.bold(severity)} ${stack} ${address}: ${message} [${rule}]`,
    ),
    outcome,
  ].join("\n");
}
