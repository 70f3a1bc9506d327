/**
 * Quantiles 0.999 of the chi-square distribution, by degrees of freedom from 1: a sample ratio that is as far off as this comes about
 * by chance once in a thousand experiments. Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.4.
 */
const quantiles = [10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877] as const;

/** Above it groups do not have the sizes they were meant to have. */
export function criticalChiSquare(degreesOfFreedom: number): number {
  const quantile = quantiles[degreesOfFreedom - 1];
  if (quantile === undefined) {
    throw new RangeError(`'degreesOfFreedom' must be from 1 to ${quantiles.length}, got ${degreesOfFreedom}`);
  }
  return quantile;
}
