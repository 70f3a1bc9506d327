import { byVersion, type JournalRow, parsed, timeOf } from "./journal";
import type { SplitPoint } from "./view";

const moving = ["shift", "rollback"];

/** Who got which share since when, from the journal. */
export function splitHistory(rows: readonly JournalRow[], versions: ReadonlyMap<string, string>): SplitPoint[] {
  return rows.flatMap((row) => {
    const split = moving.includes(row.action) ? parsed<Record<string, number>>(row.split_after) : undefined;
    return split ? [{ at: timeOf(row), shares: byVersion(split, versions) }] : [];
  });
}

/**
 * The split as it was seen on the endpoint, beside what the journal says of it: what a hand moved is in no journal, and a move is in the
 * journal a moment later.
 */
export class SeenSplits {
  private readonly seen = new Map<string, SplitPoint[]>();

  /** Takes a look at a model's split, and gives its history. */
  complete(key: string, history: readonly SplitPoint[], current: SplitPoint): SplitPoint[] {
    const last = history.at(-1);
    const later = (this.seen.get(key) ?? []).filter(({ at }) => !last || at > last.at);
    const known = later.at(-1) ?? last;
    const changed = !known || !isSame(known.shares, current.shares);
    const seen = changed && Object.keys(current.shares).length > 0 ? [...later, current] : later;
    this.seen.set(key, seen);
    return [...history, ...seen];
  }
}

function isSame(one: SplitPoint["shares"], other: SplitPoint["shares"]): boolean {
  const versions = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return versions.every((version) => (one[version] ?? 0) === (other[version] ?? 0));
}
