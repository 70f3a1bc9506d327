/** An answer of Google's other than success, or none. */
export class CloudError extends Error {
  override readonly name = "CloudError";

  /** @param status of HTTP; 0 where nobody answered */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** Whether it goes by: nobody answered, too many calls, or an outage. */
  get passes(): boolean {
    return [0, 429, 500, 502, 503, 504].includes(this.status);
  }
}

/** Sends requests to Google's APIs, or to what stands in for them. */
export interface CloudClient {
  /**
   * Answers the JSON of the answer. Throws a `CloudError` where it is not a success.
   * @param isRead whether it may be sent again, because it changes nothing. @default - where it is a GET
   */
  call(method: string, url: string, body?: unknown, isRead?: boolean): Promise<unknown>;
  /** The service's time, in milliseconds since 1970, as of the last answer. */
  now(): number;
  /** Who calls, as decisions are signed. */
  actor(): Promise<string>;
}

/** More than the minute for which a query of the journal may be waited for. */
const longestAnswerMillis = 90_000;

/** What `fetch` gives, as a call of `CloudClient`. */
export async function send(url: string, request: RequestInit, onDate: (time: number) => void): Promise<unknown> {
  const { host } = new URL(url);
  const { response, text } = await answerOf(url, request, host);
  onDate(Date.parse(response.headers.get("date") ?? "") || Date.now());
  const body = parse(text);
  if (!response.ok) {
    const { error } = (body ?? {}) as { error?: { message?: string } };
    throw new CloudError(
      response.status,
      error?.message ?? `${host} answers ${response.status} ${response.statusText}`,
    );
  }
  return body;
}

async function answerOf(
  url: string,
  request: RequestInit,
  host: string,
): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(longestAnswerMillis), ...request });
    return { response, text: await response.text() };
  } catch (error) {
    const { cause } = error as { cause?: { message?: string } };
    throw new CloudError(0, `${host} does not answer: ${cause?.message ?? (error as Error).message}`);
  }
}

function parse(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
