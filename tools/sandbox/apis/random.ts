/** Draws of a seeded generator: the same seed gives the same numbers. */
export class Random {
  private state: number;
  private spare: number | undefined;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to 1, 1 left out. Source: Mulberry32 by Tommy Ettinger, public domain. */
  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    if (this.spare !== undefined) {
      const spare = this.spare;
      this.spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Number of events where `mean` are expected. */
  poisson(mean: number): number {
    if (mean > 100) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    }
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) {
      count++;
    }
    return count;
  }

  /** Successes in `trials` draws; exact where fewer than 100 of the rarer outcome are expected. */
  binomial(trials: number, probability: number): number {
    if (probability > 0.5) {
      return trials - this.binomial(trials, 1 - probability);
    }
    if (trials === 0 || probability <= 0) {
      return 0;
    }
    const mean = trials * probability;
    if (mean > 100) {
      const drawn = Math.round(mean + Math.sqrt(mean * (1 - probability)) * this.normal());
      return Math.min(trials, Math.max(0, drawn));
    }
    let successes = 0;
    const scale = Math.log(1 - probability);
    for (let at = this.gap(scale); at <= trials; at += this.gap(scale)) {
      successes++;
    }
    return successes;
  }

  /** Shares out `total` by weights that need not sum to one. */
  multinomial(total: number, weights: readonly number[]): number[] {
    let left = total;
    let weight = weights.reduce((sum, each) => sum + each, 0);
    return weights.map((each) => {
      const drawn = weight <= 0 ? 0 : this.binomial(left, Math.min(1, each / weight));
      left -= drawn;
      weight -= each;
      return drawn;
    });
  }

  /** Draws until the next success, itself counted. */
  private gap(scale: number): number {
    return 1 + Math.floor(Math.log(1 - this.uniform()) / scale);
  }
}
