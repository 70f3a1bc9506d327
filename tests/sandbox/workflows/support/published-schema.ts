import Ajv from "ajv";
import { parse } from "yaml";

import schema from "../schema/workflows.schema.json";

const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** What the published JSON schema has against a workflow file, as text or parsed; nothing for most files that the service takes. */
export function schemaErrors(content: unknown): string[] {
  validate(typeof content === "string" ? parse(content) : content);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
