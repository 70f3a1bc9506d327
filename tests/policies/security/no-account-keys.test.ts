import { noAccountKeys } from "../../../policies/security/no-account-keys";

test("every key of a service account is refused, whatever its arguments", () => {
  expect(noAccountKeys.types).toEqual(["google_service_account_key", "google_storage_hmac_key"]);
  expect(noAccountKeys.check({}, "google_service_account_key")).toBe(
    "service accounts must not have keys: let the workload act as the account, or use workload identity federation",
  );
});
