import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Attribute, Block, NestedBlock, Type } from "./schema";

/** What the bindings of one provider declare. */
export interface BindingSchemas {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}

/** An installed package of bindings, such as `@cdktf/provider-google`. */
export class Bindings {
  /** Throws where the package is not installed. */
  static installed(packageName: string): Bindings {
    const manifest = require.resolve(`${packageName}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return new Bindings(version, join(dirname(manifest), "lib"));
  }

  private constructor(
    readonly version: string,
    private readonly folder: string,
  ) {}

  /** Reads every type: one to two seconds. The modules are not loaded, their embedded source is read as text. */
  parse(): BindingSchemas {
    const resources: Record<string, Block> = {};
    const dataSources: Record<string, Block> = {};
    let provider: Block = { attributes: {}, blocks: {} };
    for (const name of readdirSync(this.folder)) {
      const folder = join(this.folder, name);
      if (!existsSync(join(folder, "index.js"))) {
        continue;
      }
      const parsed = parseSource(sourceOf(folder));
      if (parsed?.kind === "TerraformResource") {
        resources[parsed.type] = parsed.block;
      } else if (parsed?.kind === "TerraformDataSource") {
        dataSources[parsed.type] = parsed.block;
      } else if (parsed?.kind === "TerraformProvider") {
        provider = parsed.block;
      }
    }
    return { provider, resources, dataSources };
  }
}

/** TypeScript of a binding: it is embedded, whole, in the source maps of the compiled files. */
export function sourceOf(folder: string): string {
  const structs = join(folder, "index-structs");
  const files = existsSync(structs)
    ? readdirSync(structs)
        .filter((file) => /^structs\d+\.js$/.test(file))
        .map((file) => join(structs, file))
    : [];
  return [join(folder, "index.js"), ...files].map(embeddedSource).join("\n");
}

function embeddedSource(file: string): string {
  const marker = "sourceMappingURL=data:application/json;base64,";
  const bytes = readFileSync(file);
  const start = bytes.lastIndexOf(marker);
  if (start < 0) {
    return "";
  }
  const map = Buffer.from(bytes.toString("latin1", start + marker.length), "base64").toString("utf8");
  return (JSON.parse(map) as { sourcesContent: string[] }).sourcesContent.join("\n");
}

interface Parsed {
  readonly kind: string;
  readonly type: string;
  readonly block: Block;
}

/** Arguments that the source of one binding declares; `undefined` where it declares no resource, data source or provider. */
export function parseSource(source: string): Parsed | undefined {
  const root = /export class (\w+) extends cdktf\.(Terraform(?:Resource|DataSource|Provider)) \{/.exec(source);
  const type = /static readonly tfResourceType = "([\w-]+)"/.exec(source);
  if (!root || !type) {
    return undefined;
  }
  const kind = root[2]!;
  const declarations = new Declarations(source);
  const body = declarations.text(root[1]!);
  const block = kind === "TerraformProvider" ? declarations.providerBlock(body) : declarations.block(body, body);
  return { kind, type: type[1]!, block };
}

/** How the HCL form of a member is written: the only place that tells blocks from attributes. */
interface HclMember {
  readonly isBlock: boolean;
  readonly kind: string;
  readonly storage: string;
}

const memberPattern = /\n {2}\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n/g;
const hclPattern =
  /\n {4,6}(\w+): \{\n\s+value: .*\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/g;

/** What the source of one binding exports, by name. */
class Declarations {
  private readonly exports = new Map<string, string>();

  constructor(source: string) {
    for (const part of source.split(/\nexport (?=class |function |interface )/)) {
      const name = /^(?:class|function|interface) (\w+)/.exec(part);
      if (name) {
        this.exports.set(name[1]!, part);
      }
    }
  }

  /** Text of an exported class, function or interface; empty where there is none of that name. */
  text(name: string): string {
    return this.exports.get(name) ?? "";
  }

  block(body: string, hclBody: string): Block {
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    const hcl = hclMembers(hclBody);
    for (const { name, flags, code } of members(body)) {
      const nested = /= new (\w+)\(this, "\w+"(?:, (true|false))?\)/.exec(code);
      const member = hcl.get(name);
      if (nested && member?.isBlock && !flags.computed) {
        blocks[name] = this.nestedBlock(nested[1]!, member.kind, flags.required);
      } else {
        attributes[name] = { type: this.attributeType(code, nested, member), ...flags };
      }
    }
    return { attributes, blocks };
  }

  /** Providers have no classes for their blocks: all of them are lists, and only the HCL functions tell what is inside. */
  providerBlock(body: string): Block {
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    const flags = { required: false, optional: true, computed: false };
    for (const [name, member] of hclMembers(body)) {
      if (name === "alias") {
        continue;
      }
      if (member.isBlock) {
        const struct = member.storage.replace(/List$/, "");
        const inner = [...hclMembers(this.hclFunction(struct))];
        const optional = optionalFields(this.hclFunction(struct), this.text(struct));
        blocks[name] = {
          nesting: "list",
          minItems: 0,
          maxItems: 1,
          block: {
            attributes: Object.fromEntries(
              inner.map(([key, { storage }]) => [
                key,
                {
                  type: storageType(storage),
                  required: !optional.has(key),
                  optional: optional.has(key),
                  computed: false,
                },
              ]),
            ),
            blocks: {},
          },
        };
      } else {
        attributes[name] = { type: storageType(member.storage), ...flags };
      }
    }
    return { attributes, blocks };
  }

  private nestedBlock(className: string, kind: string, required: boolean): NestedBlock {
    const single = className.endsWith("OutputReference");
    const struct = className.replace(/(OutputReference|List|Map)$/, "");
    return {
      nesting: kind === "struct" ? "single" : kind === "set" ? "set" : "list",
      minItems: required && kind !== "struct" ? 1 : 0,
      maxItems: single && kind !== "struct" ? 1 : 0,
      block: this.block(this.text(`${struct}OutputReference`), this.hclFunction(struct)),
    };
  }

  private attributeType(code: string, nested: RegExpExecArray | null, member: HclMember | undefined): Type {
    if (nested) {
      return this.objectType(nested[1]!, nested[2] === "true" || member?.kind === "set");
    }
    if (/new cdktf\.StringMapList\(/.test(code)) {
      return ["list", ["map", "string"]];
    }
    const map = /new cdktf\.(String|Number|Boolean)Map\(/.exec(code);
    if (map) {
      return ["map", primitive(map[1]!)];
    }
    const getter = /\.get(String|Number|Boolean|List|NumberList|StringMap|NumberMap|BooleanMap)Attribute\(/.exec(code);
    if (!getter) {
      throw new Error(`no getter was found in the bindings' source: ${code.slice(0, 200)}`);
    }
    const collection = /Fn\.tolist\(/.test(code) || member?.kind === "set" ? "set" : "list";
    switch (getter[1]!) {
      case "List":
        return [collection, "string"];
      case "NumberList":
        return [collection, "number"];
      case "StringMap":
      case "NumberMap":
      case "BooleanMap":
        return ["map", primitive(getter[1]!.replace("Map", ""))];
      default:
        return primitive(getter[1]!);
    }
  }

  private objectType(className: string, isSet: boolean): Type {
    const struct = className.replace(/(OutputReference|List|Map)$/, "");
    const { attributes, blocks } = this.block(this.text(`${struct}OutputReference`), this.hclFunction(struct));
    const fields: Record<string, Type> = {};
    for (const [name, { type }] of Object.entries(attributes)) {
      fields[name] = type;
    }
    for (const [name, nested] of Object.entries(blocks)) {
      fields[name] = blockType(nested);
    }
    return [isSet ? "set" : "list", ["object", fields]];
  }

  private hclFunction(struct: string): string {
    return this.text(`${struct[0]!.toLowerCase()}${struct.slice(1)}ToHclTerraform`);
  }
}

function members(body: string) {
  const starts = [...body.matchAll(memberPattern)];
  return starts.map((match, index) => ({
    name: match[1]!,
    flags: { computed: match[2] === "true", optional: match[3] === "true", required: match[4] === "true" },
    code: body.slice(match.index + match[0].length, starts[index + 1]?.index),
  }));
}

function hclMembers(body: string): Map<string, HclMember> {
  return new Map(
    [...body.matchAll(hclPattern)].map((match) => [
      match[1]!,
      { isBlock: match[2] === "true", kind: match[3]!, storage: match[4]! },
    ]),
  );
}

/** Terraform names of the fields that the interface marks with `?`. The HCL function writes `struct!.camelName` after each. */
function optionalFields(hclFunction: string, declaration: string): Set<string> {
  const names = [...hclFunction.matchAll(/\n {4,6}(\w+): \{\n\s+value: .*struct!\.(\w+)\)/g)];
  return new Set(names.filter(([, , field]) => declaration.includes(`readonly ${field!}?:`)).map(([, name]) => name!));
}

function storageType(storage: string): Type {
  const match = /^(string|number|boolean)(List|Map|Set)?$/.exec(storage);
  if (!match) {
    throw new Error(`the bindings' source has a type that is not known here: ${storage}`);
  }
  const element = primitive(match[1]!);
  return match[2] ? [match[2].toLowerCase() as "list" | "map" | "set", element] : element;
}

function primitive(name: string): "string" | "number" | "bool" {
  switch (name.toLowerCase()) {
    case "number":
      return "number";
    case "boolean":
      return "bool";
    default:
      return "string";
  }
}

/** Type of the values of a block. */
export function blockType({ nesting, block }: NestedBlock): Type {
  const type = objectTypeOf(block);
  return nesting === "single" ? type : [nesting, type];
}

/** Type of the values of a whole resource. */
export function objectTypeOf(block: Block): Type {
  return [
    "object",
    Object.fromEntries([
      ...Object.entries(block.attributes).map(([name, { type }]) => [name, type] as const),
      ...Object.entries(block.blocks).map(([name, nested]) => [name, blockType(nested)] as const),
    ]),
  ];
}
