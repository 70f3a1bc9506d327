import { listNames } from "../../../config/nearest";
import type { Place, Report } from "../../../config/problem";

interface Mention {
  readonly name: string;
  readonly place: Place;
}

/**
 * Variables that a scope of a (sub)workflow makes and mentions, wherever in it. What a scope mentions must be made in it or
 * around it; the service refuses other files too.
 */
export class Names {
  private readonly made = new Set<string>();
  private readonly own = new Set<string>();
  private readonly assignments: Mention[] = [];
  private readonly iterated: Mention[] = [];
  private readonly uses: Mention[] = [];
  private readonly scopes: Names[] = [];

  private constructor(
    private readonly parent: Names | undefined,
    private readonly shared: ReadonlyMap<string, Place> | undefined,
  ) {}

  static ofRoutine(): Names {
    return new Names(undefined, undefined);
  }

  /** @param shared in a branch of a parallel step: variables from around it that it may assign */
  inside(shared?: ReadonlyMap<string, Place>): Names {
    const scope = new Names(this, shared);
    this.scopes.push(scope);
    return scope;
  }

  /** A parameter, or the variable of an `except`: new here, whatever is around. */
  declare(name: string): void {
    this.made.add(name);
    this.own.add(name);
  }

  /** The variable of a loop: new here, and not to be found around it. */
  iterate(name: string, place: Place): void {
    this.declare(name);
    this.iterated.push({ name, place });
  }

  assign(name: string, place: Place): void {
    this.made.add(name);
    this.assignments.push({ name, place });
  }

  /** Assigns a part of a variable, which must exist. */
  change(name: string, place: Place): void {
    this.assignments.push({ name, place });
  }

  use(name: string, place: Place): void {
    this.uses.push({ name, place });
  }

  /** Reports what does not hold, once the whole (sub)workflow has been read. */
  check(report: Report): void {
    for (const [name, place] of this.shared ?? []) {
      if (!this.parent!.visible().has(name)) {
        report(
          place,
          `variable '${name}' is shared, and nothing around the parallel step assigns it: assign it before`,
        );
      }
    }
    for (const { name, place } of this.iterated) {
      if (this.parent!.visible().has(name)) {
        report(place, `variable '${name}' of the loop is used around it too: give one of them another name`);
      }
    }
    const visible = this.visible();
    for (const { name, place } of this.uses) {
      if (!visible.has(name)) {
        report(
          place,
          `variable '${name}' does not exist here: it is never assigned, or only inside of a loop, an except or a branch; ` +
            `variables here are ${listNames([...visible].sort(), name)}`,
        );
      }
    }
    for (const { name, place } of this.assignments) {
      if (this.assignsAcrossBranch(name)) {
        report(place, `variable '${name}' belongs to what is around the parallel step: name it in 'shared'`);
      }
    }
    for (const scope of this.scopes) {
      scope.check(report);
    }
  }

  private visible(): Set<string> {
    return new Set([...(this.parent?.visible() ?? []), ...this.made]);
  }

  /** Whether a branch lies between here and the scope around it that makes the variable, and does not share it. */
  private assignsAcrossBranch(name: string, crossed = false): boolean {
    if (!crossed && this.own.has(name)) {
      return false;
    }
    if (crossed && this.made.has(name)) {
      return true;
    }
    const crosses = crossed || (this.shared !== undefined && !this.shared.has(name));
    return this.parent?.assignsAcrossBranch(name, crosses) ?? false;
  }
}
