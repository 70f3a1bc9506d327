interface Range {
  readonly first: number;
  readonly last: number;
}

/** Whether a range of IPv4 addresses holds all of another one. What is no range is taken to hold everything. */
export function holdsRange(outer: string, inner: string): boolean {
  const [wide, narrow] = [readRange(outer), readRange(inner)];
  return !wide || !narrow || (wide.first <= narrow.first && narrow.last <= wide.last);
}

/** First address of a range, which Google gives to the gateway. */
export function gatewayOf(range: string): string {
  const octets = range.split("/")[0]!.split(".");
  return octets.length === 4 ? [...octets.slice(0, 3), Number(octets[3]) + 1].join(".") : "";
}

function readRange(text: string): Range | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}
