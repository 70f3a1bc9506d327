/** A step into a value: an attribute's name, or the index of a list. */
export type PathStep = string | number;

/** Something Terraform tells the user. */
export interface Diagnostic {
  readonly summary: string;
  readonly detail?: string;
  readonly path?: readonly PathStep[];
}

export interface WirePath {
  readonly steps: readonly ({ readonly attribute_name: string } | { readonly element_key_int: number })[];
}

export interface WireDiagnostic {
  readonly severity: 1;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: WirePath;
}

export function wirePath(path: readonly PathStep[]): WirePath {
  return {
    steps: path.map((step) => (typeof step === "string" ? { attribute_name: step } : { element_key_int: step })),
  };
}

export function wireErrors(diagnostics: readonly Diagnostic[]): WireDiagnostic[] {
  return diagnostics.map(({ summary, detail = "", path }) => ({
    severity: 1,
    summary,
    detail,
    ...(path && { attribute: wirePath(path) }),
  }));
}

/** An error that Terraform shows to the user, as opposed to a fault of the sandbox itself. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ summary }) => summary).join("\n"));
  }
}
