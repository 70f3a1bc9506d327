import {
  isAmong,
  isFalse,
  isNothing,
  isTrue,
  isUnknown,
  listOf,
  numberOf,
  secondsOf,
} from "../../../policies/arguments";

/** What makes a new value of an argument worse than the old one. */
export interface Worse {
  /** Whether the old value can get worse at all: only then is a value that is known after apply a risk. */
  readonly from: (before: unknown) => boolean;
  readonly to: (after: unknown, before: unknown) => boolean;
}

/** A switch that was on. */
export const turnsOff: Worse = { from: isTrue, to: (after) => !isTrue(after) };

/** A switch that was not on. */
export const turnsOn: Worse = { from: (before) => !isTrue(before), to: isTrue };

/** A switch that says no where nothing is said, so that leaving it out is as good as `true`. */
export const stopsRefusing: Worse = { from: isFalse, to: (after) => !isFalse(after) };

export const leaves = (...values: readonly unknown[]): Worse => ({
  from: (before) => isAmong(before, values),
  to: (after) => !isAmong(after, values),
});

export const becomes = (...values: readonly unknown[]): Worse => ({
  from: (before) => !isAmong(before, values),
  to: (after) => isAmong(after, values),
});

/** Something that was set, and is not any longer. */
export const isRemoved: Worse = { from: (before) => !isNothing(before), to: isNothing };

/** Something that was not set before. */
export const isAdded: Worse = { from: isNothing, to: (after) => !isNothing(after) };

/** Something that was set, and becomes something else or nothing. */
export const isChanged: Worse = { from: (before) => !isNothing(before), to: () => true };

/** A list with something in it that was not there. */
export const gains: Worse = {
  from: () => true,
  to: (after, before) => listOf(after).some((value) => !isAmong(value, listOf(before))),
};

/** A list that lacks something that was there. */
export const lacks: Worse = {
  from: (before) => listOf(before).length > 0,
  to: (after, before) => listOf(before).some((value) => !isAmong(value, listOf(after))),
};

/** An amount that gets smaller, or is not said any longer. */
export const shrinks: Worse = {
  from: (before) => amountOf(before) !== undefined,
  to: (after, before) => (amountOf(after) ?? -Infinity) < amountOf(before)!,
};

/** An amount that gets larger, or that nothing limits any longer. */
export const grows: Worse = {
  from: (before) => amountOf(before) !== undefined,
  to: (after, before) => (amountOf(after) ?? Infinity) > amountOf(before)!,
};

/** An amount after which something ends: smaller, or said for the first time. */
export const endsSooner: Worse = {
  from: () => true,
  to: (after, before) => (amountOf(after) ?? Infinity) < (amountOf(before) ?? Infinity),
};

/** A number, or the seconds of a duration. */
export function amountOf(value: unknown): number | undefined {
  return isUnknown(value) ? undefined : (numberOf(value) ?? secondsOf(value));
}
