import { isAccelerator, isMachine, isQuantity } from "../../../../catalog/paid-arguments";
import { isObject, isUnknown } from "../../../../policies/arguments";
import type { Change } from "../../change";
import type { ArgumentChange } from "../../differences/argument-change";
import { argumentName } from "../../differences/difference";
import { hasMark, inside } from "../../differences/marks";
import type { Step } from "../../plan/plan";

/** Finds arguments of new objects by their names. Most objects of a large plan have none, so that nothing is made of the others. */
export class MadeArguments {
  /** By the name of a block and of an argument in it, whether it is one of what is paid for. */
  private readonly known = new Map<string, Map<string, boolean>>();

  /** Arguments that say what is paid for, and are known. */
  of({ after, planned }: Change): ArgumentChange[] {
    const found: ArgumentChange[] = [];
    this.walk(after, "", [], (value, path) => {
      const isSensitive = hasMark(path.reduce<unknown>((marks, step) => inside(marks, step), planned.afterSensitive));
      const difference = {
        path,
        before: undefined,
        after: value,
        isUnknown: false,
        isSensitive,
        forcesReplacement: false,
      };
      found.push({
        name: argumentName(path),
        before: undefined,
        after: value,
        isUnknown: false,
        isSensitive,
        difference,
      });
    });
    return found;
  }

  private walk(value: unknown, block: string, path: Step[], report: (value: unknown, path: Step[]) => void): void {
    if (Array.isArray(value)) {
      value.forEach((element, index) => {
        if (typeof element === "object") {
          this.walk(element, block, [...path, index], report);
        }
      });
    } else if (isObject(value)) {
      for (const name in value) {
        const part = value[name];
        if (typeof part === "object") {
          this.walk(part, name, [...path, name], report);
        } else if (this.isPaid(block, name) && !isUnknown(part)) {
          report(part, [...path, name]);
        }
      }
    }
  }

  private isPaid(block: string, name: string): boolean {
    const names = this.known.get(block) ?? new Map<string, boolean>();
    this.known.set(block, names);
    const isPaid = names.get(name) ?? isPaidName(`${block}.${name}`);
    names.set(name, isPaid);
    return isPaid;
  }
}

function isPaidName(name: string): boolean {
  return isQuantity(name) || isMachine(name) || isAccelerator(name) || name.endsWith(".cpu_idle");
}
