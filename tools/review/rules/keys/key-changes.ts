import { isNothing } from "../../../../policies/arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeRule } from "../rule";
import { hitOf } from "../watch-rule";

/** Names that arguments have which take a key of Cloud KMS, wherever in a type they are. */
const keyNames =
  /(?:^|\.)(?:\w*kms_key\w*|\w*encryption_key|\w*encryption_key_name|crypto_key_name|crypto_key|key_reference|cloud_kms_key_version|encryption_spec)$/;

/** What is about a key, and is none: its account, its material, or what it does. */
const notKeys = /service_account$|_raw$|_rsa$|_sha256$|^google_kms_/;

export const keyChanges = changeRule({
  id: "keys/changed",
  title: "The encryption key changes, or is no longer one of yours",
  severity: "high",
  why: "Without a key of its own nobody can see who decrypts, or cut off access. With another key, old data still needs the old one: destroy that, and the data is lost.",
  check:
    "Is the data encrypted again with the new key? Is the old one kept until then, and may the service use the new one?",
  findIn: (change) => {
    if (!change.isManaged || !change.isChange || notKeys.test(change.type)) {
      return undefined;
    }
    const keys = change.arguments.filter(
      ({ name, before }) => keyNames.test(name) && !notKeys.test(name) && !isNothing(before),
    );
    return hitOf(keys, (worse) => (worse.some(isGone) ? "high" : "medium"));
  },
});

function isGone({ after, isUnknown }: ArgumentChange): boolean {
  return !isUnknown && isNothing(after);
}
