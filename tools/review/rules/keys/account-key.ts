import { changeRule } from "../rule";

export const accountKey = changeRule({
  id: "keys/account-key",
  title: "A key of a service account is made",
  severity: "high",
  why: "Whoever has the file is the account, from anywhere, until somebody deletes the key; Terraform keeps it in its state as well.",
  check: "Why not workload identity federation, or the account of what runs it?",
  findIn: ({ type, planned, isReplaced }) =>
    ["google_service_account_key", "google_storage_hmac_key"].includes(type) && planned.actions.includes("create")
      ? {
          message: isReplaced
            ? "a new key of a service account takes the place of the old one"
            : "a key of a service account is made",
        }
      : undefined,
});
