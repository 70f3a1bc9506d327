/**
 * Runs `work` without mapping stack traces to TypeScript. cdktf records a trace for every value that refers to another, and
 * mapping them takes a third of a synth; traces of errors are formatted when they are read, which is later.
 */
export function withoutTraces<T>(work: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = String;
  try {
    return work();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
