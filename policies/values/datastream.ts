import { exactlyOne, must, valuePolicy, within } from "../checks";
import { oneOf } from "../expected";

export const datastream = valuePolicy({
  id: "datastream/arguments",
  why: "The provider plans a profile with two passwords or none, and any state; the API refuses them (datastream v1: ConnectionProfile, Stream).",
  checks: {
    google_datastream_connection_profile: ["mysql", "postgresql", "oracle", "sql_server"].map((kind) =>
      within(`${kind}_profile`, exactlyOne("password", "secret_manager_stored_password")),
    ),
    google_datastream_stream: [must({ desired_state: oneOf("NOT_STARTED", "RUNNING", "PAUSED") })],
  },
});
