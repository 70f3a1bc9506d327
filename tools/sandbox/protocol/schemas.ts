import type { Catalogue } from "../schema/catalogue";
import type { Block } from "../schema/schema";

const nestings = { single: 1, list: 2, set: 3 } as const;

/** All schemas of a provider as the protocol's `GetSchema` answers them. */
export function wireSchemas(catalogue: Catalogue) {
  return {
    provider: { version: 0, block: wireBlock(catalogue.provider) },
    resource_schemas: Object.fromEntries(
      catalogue.resourceTypes.map((type) => {
        const { version, block } = catalogue.resource(type)!;
        return [type, { version, block: wireBlock(block) }];
      }),
    ),
    data_source_schemas: Object.fromEntries(
      catalogue.dataSourceTypes.map((type) => [type, { version: 0, block: wireBlock(catalogue.dataSource(type)!) }]),
    ),
    diagnostics: [],
    server_capabilities: { plan_destroy: true, get_provider_schema_optional: true },
  };
}

interface WireBlock {
  readonly attributes: readonly object[];
  readonly block_types: readonly object[];
}

function wireBlock({ attributes, blocks }: Block): WireBlock {
  return {
    attributes: Object.entries(attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required,
      optional: attribute.optional,
      computed: attribute.computed,
      sensitive: attribute.sensitive ?? false,
      write_only: attribute.writeOnly ?? false,
    })),
    block_types: Object.entries(blocks).map(([name, { nesting, minItems, maxItems, block }]) => ({
      type_name: name,
      block: wireBlock(block),
      nesting: nestings[nesting],
      min_items: minItems,
      max_items: maxItems,
    })),
  };
}
