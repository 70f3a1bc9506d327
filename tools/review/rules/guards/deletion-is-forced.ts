import { watchRule } from "../watch-rule";
import { turnsOff, turnsOn } from "../worse";

export const deletionIsForced = watchRule({
  id: "guard/deletion-forced",
  title: "Deletion is no longer stopped by what is inside",
  severity: "high",
  why: "Google refuses to delete what is not empty; these switches delete the contents first. A flip in one pull request is what makes the destroy of the next one possible.",
  check: "What is in it now? What is to be destroyed afterwards?",
  watched: {
    "*": {
      delete_contents_on_destroy: turnsOn,
      delete_service_on_destroy: turnsOn,
      force_delete: turnsOn,
      force_destroy: turnsOn,
      noop_on_destroy: turnsOff,
    },
    google_project_service: { disable_on_destroy: turnsOn, disable_dependent_services: turnsOn },
    google_sql_database_instance: { "settings.retain_backups_on_delete": turnsOff },
  },
  severityOf: (_, { type }) => (type === "google_project_service" ? "medium" : "high"),
});
