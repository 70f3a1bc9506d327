import { createHash } from "node:crypto";

/** Numbers of projects: what was given, and else 12 digits that depend on the project id alone. */
export class ProjectNumbers {
  private readonly ids = new Map<string, string>();

  /** @param given project numbers by project id */
  constructor(private readonly given: Readonly<Record<string, string>> = {}) {
    for (const [project, number] of Object.entries(given)) {
      this.ids.set(number, project);
    }
  }

  of(project: string): string {
    const number = this.given[project] ?? derivedNumber(project);
    this.ids.set(number, project);
    return number;
  }

  /** Project id of a number or id; a number that was never asked for stands for itself. */
  idOf(project: string): string {
    return this.ids.get(project) ?? project;
  }
}

function derivedNumber(project: string): string {
  if (/^\d+$/.test(project)) {
    return project;
  }
  const digest = createHash("sha256").update(project).digest().readUIntBE(0, 6);
  return String(100_000_000_000 + (digest % 900_000_000_000));
}
