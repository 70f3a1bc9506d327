import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Something that IAM roles can be granted to. */
export interface IIdentity {
  /** Unique within the stack and never changed: the ids of grants are made of it. */
  readonly name: string;

  /** IAM member, such as `serviceAccount:churn-trainer@acme-ml-prod.iam.gserviceaccount.com`. */
  readonly member: string;

  /** What must exist before a grant to it can be made; nothing where another stack makes it. */
  readonly dependencies?: readonly ITerraformDependable[];
}

/** A user, group or service account from outside of the platform, such as `group:analysts@acme.example`. */
export class Principal implements IIdentity {
  constructor(readonly member: string) {}

  get name(): string {
    return this.member;
  }
}

/** Where a construct stands in its stack, such as `Pipeline-training-Runner`: a name for the identity that it makes. */
export function nameInStack(construct: IConstruct): string {
  const { scopes } = construct.node;
  return scopes
    .slice(scopes.indexOf(TerraformStack.of(construct)) + 1)
    .map(({ node }) => node.id)
    .join("-");
}
