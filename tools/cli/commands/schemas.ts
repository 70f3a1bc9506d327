import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Command } from "commander";

import { jsonSchemas } from "../../../config/load";
import { projectRoot } from "../project";

export function schemasCommand(): Command {
  return new Command("schemas")
    .summary("write the JSON Schemas of the YAML files")
    .description("write the JSON Schemas that editors check environments, teams and acknowledgements against")
    .action(() => {
      const root = projectRoot();
      for (const [file, content] of Object.entries(jsonSchemas())) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), content);
        console.log(file);
      }
    });
}
