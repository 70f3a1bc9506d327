import { dataIsDestroyed } from "./data-is-destroyed";
import type { ReviewRule } from "./rule";

/** Every rule of the review, by what it is about. */
export const reviewRules: readonly ReviewRule[] = [dataIsDestroyed];
