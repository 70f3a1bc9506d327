import { integer } from "./helpers";
import { define, type Library } from "./library";

/** cloud.google.com/workflows/docs/reference/stdlib/math */
export const math: Library = {
  "math.abs": define("x", (given) => {
    const x = given.number(0);
    return typeof x === "bigint" ? integer(x < 0n ? -x : x) : Math.abs(x);
  }),
  "math.floor": define("x", (given) => {
    const x = given.number(0);
    return typeof x === "bigint" ? x : integer(BigInt(Math.floor(x)));
  }),
  "math.max": define("x y", (given) => widest(given.number(0), given.number(1), (x, y) => x >= y)),
  "math.min": define("x y", (given) => widest(given.number(0), given.number(1), (x, y) => x <= y)),
};

function widest(
  x: bigint | number,
  y: bigint | number,
  first: (x: bigint | number, y: bigint | number) => boolean,
): bigint | number {
  const chosen = first(x, y) ? x : y;
  return typeof x === typeof y ? chosen : Number(chosen);
}
