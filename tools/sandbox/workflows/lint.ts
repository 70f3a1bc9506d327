import type { Problem } from "../../../config/problem";
import { readWorkflow } from "./source";

/** What the service would refuse about a workflow file, what is not known here, and what is better written otherwise. */
export function lintWorkflow(content: string, file: string): readonly Problem[] {
  const { problems, advice } = readWorkflow(content, file);
  return [...problems, ...advice].sort((a, b) => a.line - b.line || a.column - b.column);
}
