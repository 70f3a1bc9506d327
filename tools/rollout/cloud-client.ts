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

/** What `fetch` gives, as a call of `CloudClient`. */
export async function send(url: string, request: RequestInit, onDate: (time: number) => void): Promise<unknown> {
  const { host } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (error) {
    const { cause } = error as { cause?: { message?: string } };
    throw new CloudError(0, `${host} does not answer: ${cause?.message ?? (error as Error).message}`);
  }
  onDate(Date.parse(response.headers.get("date") ?? "") || Date.now());
  const text = await response.text();
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

function parse(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
