import { anyOf, must, valuePolicy, within } from "../checks";
import { between, duration, type Expected, matches, oneOf, required, seconds } from "../expected";
import { isTimeZone } from "../time-zone";
import { isCron, isScheduleInWords } from "../schedule";

const schedule: Expected = {
  text: 'a cron schedule of five fields, such as "0 3 * * 1", or words such as "every 24 hours"',
  accepts: (value) => isCron(value) || isScheduleInWords(value),
};
const timeZone: Expected = { text: "a time zone of the IANA database, such as Europe/Amsterdam", accepts: isTimeZone };

export const scheduler = valuePolicy({
  id: "cloudscheduler/arguments",
  why: "The provider plans any schedule, zone and deadline; the API refuses them (cloudscheduler v1, Job).",
  checks: {
    google_cloud_scheduler_job: [
      must({
        schedule: required(schedule),
        time_zone: timeZone,
        attempt_deadline: seconds(15, 1800),
        "http_target.http_method": oneOf("POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"),
        "http_target.uri": matches(/^https?:\/\//, "an address that begins with https://"),
        "retry_config.retry_count": between(0, 5),
        "retry_config.min_backoff_duration": duration,
        "retry_config.max_backoff_duration": duration,
        "retry_config.max_retry_duration": duration,
      }),
      within("pubsub_target", anyOf("data", "attributes")),
    ],
  },
});
