import { mlpCommand } from "./program";
import { UserError } from "./user-error";

/** What the operating system refuses is no fault of the program: one line says it all. */
function refusal(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EACCES: "permission is denied: give yourself the right to write there",
    EPERM: "permission is denied: give yourself the right to write there",
    EROFS: "the file system is read-only: copy the project to one that is not",
    ENOSPC: "the disk is full: make room and run the command again",
    EDQUOT: "your share of the disk is full: make room and run the command again",
    ENOTDIR: "a part of that path is a file, not a folder: move it away",
    EEXIST: "that is a file, not a folder: move it away",
    EISDIR: "that is a folder, not a file: move it away",
  };
  return code !== undefined && code in reasons ? `cannot write ${path ?? "a file"}: ${reasons[code]!}` : undefined;
}

/** Nobody reads on: the terminal is gone, or the pipe is closed. What runs is to be ended in order all the same. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") {
      throw error;
    }
  });
}

mlpCommand()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof UserError ? error.message : (refusal(error) ?? error));
    process.exitCode = 1;
  });
