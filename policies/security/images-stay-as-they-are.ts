import { isUnknown, show, valueAt, isTrue } from "../arguments";
import type { Policy } from "../policy";

export const imagesStayAsTheyAre: Policy = {
  id: "artifactregistry/immutable-and-scanned",
  kind: "security",
  types: ["google_artifact_registry_repository"],
  why: "A tag that can be moved makes what was tested another thing than what runs, and an image that nobody scans keeps its holes.",
  controls: ["NIST 800-53 RA-5", "NIST 800-53 SI-7"],
  check: (args) => {
    const { format, mode } = args;
    const immutable = valueAt(args, "docker_config.immutable_tags");
    const scanning = valueAt(args, "vulnerability_scanning_config.enablement_config");
    if (format !== "DOCKER" || (mode ?? "STANDARD_REPOSITORY") !== "STANDARD_REPOSITORY") {
      return undefined;
    }
    return [
      ...(isTrue(immutable) || isUnknown(immutable)
        ? []
        : [`'docker_config.immutable_tags' must be true, got ${show(immutable)}`]),
      ...(scanning === "DISABLED"
        ? ['\'vulnerability_scanning_config.enablement_config\' must be "INHERITED", got "DISABLED"']
        : []),
    ];
  },
};
