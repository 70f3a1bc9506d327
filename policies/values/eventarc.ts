import { exactlyOne, must, valuePolicy } from "../checks";
import { matches, oneOf, required } from "../expected";

const destinations = ["cloud_run_service", "gke", "workflow", "http_endpoint", "cloud_function"];

export const eventarc = valuePolicy({
  id: "eventarc/trigger-arguments",
  why: "The provider plans a trigger that leads nowhere, or to two places; the API takes one destination, and an identity to call it with (eventarc v1, Trigger).",
  checks: {
    google_eventarc_trigger: [
      must({
        service_account: required(matches(/@/, "the e-mail address of the account that calls the destination")),
        "matching_criteria.operator": oneOf("match-path-pattern"),
      }),
      exactlyOne(...destinations.map((name) => `destination.${name}`)),
    ],
  },
});
