/** A member's role on a resource, as a plan's values say it. */
export interface Grant {
  readonly member: string;
  readonly role: string;
  /** What the role is on, such as `storage bucket acme-landing`. */
  readonly resource: string;
  /** Project and location it is in, as far as they are said: names are given again in others. */
  readonly place: string;
  readonly condition: string | null;
  /** Whether having it takes rights away, as a deny policy does. */
  readonly isDenied?: boolean;
}

export const knownAfterApply = "(known after apply)";
