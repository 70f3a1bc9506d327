import { join } from "node:path";

import { Command } from "commander";

import { jsonSchemas } from "../../../config/load";
import { writeOutput } from "../output-file";
import { projectRoot } from "../project";

export function schemasCommand(): Command {
  return new Command("schemas")
    .summary("write the JSON Schemas of the YAML files")
    .description("write the JSON Schemas that editors check environments, teams and acknowledgements against")
    .action(() => {
      const root = projectRoot();
      for (const [file, content] of Object.entries(jsonSchemas())) {
        writeOutput(join(root, file), content);
        console.log(file);
      }
    });
}
