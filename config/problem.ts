/** A place in a file of the project. */
export interface Place {
  /** Path from the project's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Keys from the top of the file, such as `serving.models.propensity.maxReplicaCount`; empty for the file itself. */
  readonly path: string;
}

/** Something in a file that must be changed before anything can be made from it. */
export interface Problem extends Place {
  readonly message: string;
}

/** One line: `file:line:column path: message`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, path, message } = problem;
  return `${file}:${line}:${column}${path === "" ? "" : ` ${path}`}: ${message}`;
}

/** Takes what is wrong at a place. */
export type Report = (place: Place, message: string) => void;

/** Problems as they are found; a problem that several environments share is kept once. */
export class Problems {
  private readonly found = new Map<string, Problem>();

  readonly report: Report = ({ file, line, column, path }, message) => {
    const problem = { file, line, column, path, message };
    this.found.set(formatProblem(problem), problem);
  };

  get size(): number {
    return this.found.size;
  }

  /** All problems, by file and then by place. */
  sorted(): Problem[] {
    return [...this.found.values()].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
    );
  }
}

/** Order by code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
