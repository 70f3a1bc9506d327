import { distance } from "fastest-levenshtein";

/** Names ordered by how near they are to what was written. */
export function byNearness(written: string, names: Iterable<string>): string[] {
  return [...names]
    .map((name) => ({ name, contained: contains(name, written), distance: distanceOf(name, written) }))
    .sort((a, b) => Number(b.contained) - Number(a.contained) || a.distance - b.distance)
    .map(({ name }) => name);
}

/** The name that was probably meant; `undefined` where none is near enough. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  const tolerance = Math.max(2, Math.floor(written.length / 3));
  const near = all
    .filter((name) => distanceOf(name, written) <= tolerance)
    .sort((a, b) => distanceOf(a, written) - distanceOf(b, written));
  const containing = all.filter((name) => contains(name, written));
  return containing.length === 1 ? containing[0] : near[0];
}

/** Whether a name was written short, such as L4 for NVIDIA_L4. */
function contains(name: string, written: string): boolean {
  return written.length > 1 && name.toLowerCase().includes(written.toLowerCase());
}

function distanceOf(name: string, written: string): number {
  return distance(name.toLowerCase(), written.toLowerCase());
}

/** `, did you mean 'prod'?`, or nothing where no name is near enough. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const name = nearest(written, names);
  return name === undefined ? "" : `, did you mean '${name}'?`;
}

/** Names as a sentence has them: all where they are few, otherwise those nearest to what was written. */
export function listNames(names: Iterable<string>, written = ""): string {
  const all = [...names];
  if (all.length === 0) {
    return "none";
  }
  const few = 20;
  return all.length <= few
    ? all.join(", ")
    : `${byNearness(written, all).slice(0, 5).join(", ")} and ${all.length - 5} others`;
}
