import { changeRule } from "../rule";

export const identityIsDestroyed = changeRule({
  id: "access/identity-destroyed",
  title: "An identity is destroyed",
  severity: "high",
  why: "Its grants, also those of other stacks, are for it alone: an account that is made again with the same name does not have them (IAM documentation, 'Delete and undelete service accounts').",
  check: "What runs as it? Where it is replaced: are all its grants made again?",
  findIn: ({ type, isDestroyed, isReplaced, replacing }) =>
    /^google_(?:service_account|iam_work(?:load_identity|force)_pool(?:_provider)?)$/.test(type) && isDestroyed
      ? {
          message: isReplaced ? "it is destroyed, and another one of the same name is made" : "it is destroyed",
          differences: replacing,
        }
      : undefined,
});
