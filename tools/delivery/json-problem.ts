/** Why a text is no JSON. The engine quotes what it fails on, which may be a secret: only the place is told. */
export function jsonProblem(error: unknown): string {
  const { message } = error as Error;
  const place = /position \d+/.exec(message)?.[0];
  return message.startsWith("Unexpected end") || message.startsWith("Unterminated")
    ? "the JSON ends too early"
    : `the JSON is broken${place ? ` at ${place}` : ""}`;
}
