import type { CloudResource, CloudView } from "../cloud";
import { ProviderError } from "../protocol/diagnostic";
import type { ProjectNumbers } from "../project";
import { kindOf } from "../types/kind-of";
import { placeholders, readTemplate } from "../types/template";
import type { Configuration } from "./configuration";

/**
 * Finds what `terraform import` names: by its id, by the parts of its id with slashes or spaces between them, with the
 * project, region or location left out where the provider block gives them.
 */
export function importResource(
  type: string,
  id: string,
  cloud: CloudView,
  configuration: Configuration,
  numbers: ProjectNumbers,
): CloudResource {
  const exact = cloud.get(type, id) ?? cloud.get(type, id.replaceAll(" ", "/"));
  const found =
    exact ?? cloud.list(type).find((resource) => shortForms(type, resource.id, configuration, numbers).includes(id));
  if (!found) {
    throw new ProviderError([
      {
        summary: "Cannot import non-existent remote object",
        detail: `The sandbox has no ${type} '${id}'. Its id has the form '${kindOf(type).id}'.`,
      },
    ]);
  }
  return found;
}

function shortForms(type: string, id: string, { project, region }: Configuration, numbers: ProjectNumbers): string[] {
  const template = kindOf(type).id;
  const parts = readTemplate(template, id);
  if (!parts) {
    return [];
  }
  const names = placeholders(template);
  const join = (left: readonly string[]) =>
    names
      .filter((name) => !left.includes(name))
      .map((name) => parts[name]!)
      .join("/");
  const own =
    [parts["project"], parts["project_number"]].includes(project) ||
    parts["project_number"] === numbers.of(project ?? "");
  const here = [parts["region"], parts["location"]].includes(region);
  return [
    join([]),
    ...(own ? [join(["project", "project_number"])] : []),
    ...(own && here ? [join(["project", "project_number", "region", "location"])] : []),
  ];
}
