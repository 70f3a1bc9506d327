/** Canonical codes of Google's APIs with the HTTP status of each. Source: google/rpc/code.proto */
const httpStatus = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  OUT_OF_RANGE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  ABORTED: 409,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

/** Numbers of the same codes, as operations carry them. */
const rpcCode: Readonly<Record<Status, number>> = {
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
};

export type Status = keyof typeof httpStatus;

/** All codes. */
export const statuses = Object.keys(httpStatus) as readonly Status[];

/** The code that a status of HTTP means most often, as refusals in passing go; `undefined` where none has it. */
export function statusOfHttp(code: number): Status | undefined {
  return code === 409 ? "ABORTED" : statuses.find((status) => httpStatus[status] === code);
}

/** `google.rpc.Status`, as an operation or a job that failed carries it. */
export interface RpcStatus {
  readonly code: number;
  readonly message: string;
}

export function rpcStatus(status: Status, message: string): RpcStatus {
  return { code: rpcCode[status], message };
}

/** An answer other than success. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: Status,
    message: string,
    readonly details: readonly object[] = [],
  ) {
    super(message);
  }

  get httpStatus(): number {
    return httpStatus[this.status];
  }

  /** The form that all of Google's newer APIs share. */
  get body(): object {
    const { status, message, details } = this;
    return { error: { code: this.httpStatus, message, status, ...(details.length > 0 && { details }) } };
  }
}

/** An answer of the older APIs, BigQuery and Cloud Storage, which give a reason instead of a canonical code. */
export class ReasonError extends ApiError {
  constructor(
    private readonly code: number,
    readonly reason: string,
    message: string,
    status: Status = "INVALID_ARGUMENT",
  ) {
    super(status, message);
  }

  override get httpStatus(): number {
    return this.code;
  }

  override get body(): object {
    const { code, reason, message } = this;
    return { error: { code, message, errors: [{ message, domain: "global", reason }] } };
  }
}
