import { settingPolicy } from "../settings";

export const sinkHasOwnWriter = settingPolicy({
  id: "logging/sink-has-own-writer",
  why: "Without an identity of its own a sink writes as an account that all old sinks of Google Cloud share.",
  controls: ["NIST 800-53 AC-6"],
  settings: { google_logging_project_sink: { unique_writer_identity: true } },
});
