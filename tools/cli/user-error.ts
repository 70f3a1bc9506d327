/** Something the user can mend: shown as one line, without a stack trace, and exit code 1. */
export class UserError extends Error {
  override readonly name = "UserError";
}
