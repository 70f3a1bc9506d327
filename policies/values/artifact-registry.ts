import { textOf } from "../arguments";
import { anyOf, is, must, never, valuePolicy, where } from "../checks";
import { oneOf } from "../expected";

const formats = ["DOCKER", "MAVEN", "NPM", "PYTHON", "APT", "YUM", "GOOGET", "KFP", "GO", "GENERIC", "RUBY"];

export const artifactRegistry = valuePolicy({
  id: "artifactregistry/arguments",
  why: "The provider plans any format and settings of another one; the API refuses them (artifactregistry v1, Repository).",
  checks: {
    google_artifact_registry_repository: [
      must({ format: oneOf(...formats) }),
      where(
        ({ format }) => formats.includes(textOf(format)) && format !== "DOCKER",
        never("docker_config", "it is for the format DOCKER"),
      ),
      where(
        ({ format }) => formats.includes(textOf(format)) && format !== "MAVEN",
        never("maven_config", "it is for the format MAVEN"),
      ),
      where(is("mode", "REMOTE_REPOSITORY"), anyOf("remote_repository_config")),
      where(is("mode", "VIRTUAL_REPOSITORY"), anyOf("virtual_repository_config")),
    ],
  },
});
