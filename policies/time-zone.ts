/** Answers so far: asking takes a tenth of a millisecond, and resources share their time zones. */
const known = new Map<unknown, boolean>();

/** Whether text names a time zone of the IANA database. */
export function isTimeZone(value: unknown): boolean {
  const answer = known.get(value) ?? (typeof value === "string" && isKnownToIntl(value));
  known.set(value, answer);
  return answer;
}

function isKnownToIntl(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    // Offsets such as +02:00 are time zones to Intl, not to Google.
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}
