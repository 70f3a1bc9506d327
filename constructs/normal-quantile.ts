/**
 * Value that a standard normal number stays below with a probability of 0.5 or more: 1.959964 for 0.975.
 * Source: the series is that of Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11 (2004).
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0.5 && probability < 1)) {
    throw new RangeError(`'probability' must be from 0.5 to less than 1, got ${probability}`);
  }
  let [low, high] = [0, 8];
  for (let halvings = 0; halvings < 60; halvings++) {
    const middle = (low + high) / 2;
    [low, high] = below(middle) < probability ? [middle, high] : [low, middle];
  }
  return (low + high) / 2;
}

/** Probability that a standard normal number is below `value`, of 0 or more. */
function below(value: number): number {
  let [sum, term] = [value, value];
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (value * value) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-value * value) / 2)) / Math.sqrt(2 * Math.PI);
}
