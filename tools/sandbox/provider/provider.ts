import type { Cloud } from "../cloud";
import type { Creations } from "../creations";
import { type Diagnostic, type PathStep, ProviderError } from "../protocol/diagnostic";
import type { ProjectNumbers } from "../project";
import { type Change, seenLater } from "../rules/rule";
import { rules } from "../rules/rules";
import type { Catalogue } from "../schema/catalogue";
import type { Block } from "../schema/schema";
import { kindOf } from "../types/kind-of";
import { findLive } from "../types/soft-deletion";
import { shape } from "../values/shape";
import { equal, text, type Value, type ValueObject } from "../values/value";
import { type Configuration, readConfiguration } from "./configuration";
import { readData } from "./data-sources";
import { identify, projectOf } from "./identity";
import { importResource } from "./importer";
import { fillOutputs } from "./outputs";
import { planResource } from "./plan";
import { revokeGrants } from "./revoke-grants";
import { validateResource } from "./validate";

/** A provider as one Terraform connection sees it: its configuration belongs to that connection alone. */
export class Provider {
  private configuration: Configuration = readConfiguration(null);

  constructor(
    readonly catalogue: Catalogue,
    private readonly cloud: Cloud,
    private readonly numbers: ProjectNumbers,
    private readonly creations: Creations,
    private readonly iamDelaySeconds = 0,
  ) {}

  /** The connection has ended. */
  close(): void {
    this.creations.leave(this);
  }

  configure(config: Value): void {
    this.configuration = readConfiguration(config);
    if (this.configuration.project !== undefined) {
      this.numbers.of(this.configuration.project);
    }
  }

  validate(type: string, config: Value): Diagnostic[] {
    const block = this.block(type);
    return validateResource(type, block, shape(block, config));
  }

  /**
   * State that an earlier version, or another provider, wrote: brought to the shape of this schema. Every run of Terraform begins
   * with this for all that its state holds.
   */
  upgrade(type: string, state: Value): Value {
    if (state === null) {
      return null;
    }
    const current = shape(this.block(type), state);
    this.creations.confirm(type, text(current, "id") ?? "");
    return current;
  }

  /** What Google has; `null` where it was deleted. */
  read(type: string, state: Value): Value {
    const current = shape(this.block(type), state);
    const resource = findLive(this.cloud, type, text(current, "id") ?? "");
    return resource ? { ...shape(this.block(type), resource.values), ...timeouts(current) } : null;
  }

  plan(
    type: string,
    config: Value,
    prior: Value,
    proposed: Value,
  ): { planned: Value; replaces: readonly (readonly PathStep[])[] } {
    if (proposed === null) {
      return { planned: null, replaces: [] };
    }
    const block = this.block(type);
    const before = prior === null ? undefined : shape(block, prior);
    return planResource(type, block, shape(block, config), before, this.configuration);
  }

  /** Creates, updates or deletes. Throws `ProviderError` where Google refuses; nothing is changed then. */
  apply(type: string, prior: Value, planned: Value): Value {
    const block = this.block(type);
    if (planned === null) {
      this.delete(type, shape(block, prior));
      return null;
    }
    const target = shape(block, planned);
    return prior === null ? this.create(type, block, target) : this.update(type, block, shape(block, prior), target);
  }

  import(type: string, id: string): Value {
    const resource = importResource(type, id, this.cloud, this.configuration, this.numbers);
    return shape(this.block(type), resource.values);
  }

  readData(type: string, config: Value): Value {
    const block = this.catalogue.dataSource(type);
    if (!block) {
      throw unknownType(type);
    }
    return readData(type, block, shape(block, config), {
      cloud: this.cloud,
      numbers: this.numbers,
      configuration: this.configuration,
    });
  }

  private create(type: string, block: Block, target: ValueObject): ValueObject {
    const lost = (id: string) => (this.creations.isRepeated(type, id, target) ? this.cloud.get(type, id) : undefined);
    const isTaken = (id: string) => this.cloud.get(type, id) !== undefined && !lost(id);
    const identity = identify(type, target, this.configuration, this.numbers, isTaken);
    const made = lost(identity.id);
    if (made) {
      this.creations.begin(type, identity.id, target, this);
      return shape(block, made.values);
    }
    const now = new Date().toISOString();
    const values = fillOutputs(type, block, target, { ...identity, args: target, now }, this.configuration);
    this.check({ action: "create", type, id: identity.id, project: identity.project, args: values });
    this.creations.begin(type, identity.id, target, this);
    this.cloud.put({ type, id: identity.id, values: { ...values, id: identity.id } });
    return { ...values, id: identity.id };
  }

  private update(type: string, block: Block, prior: ValueObject, target: ValueObject): ValueObject {
    const id = text(prior, "id") ?? "";
    const { serial, project, projectNumber } = identify(type, target, this.configuration, this.numbers, () => false);
    const now = new Date().toISOString();
    const draft = { id, serial, project, projectNumber, args: target, now };
    const values = fillOutputs(type, block, target, draft, this.configuration);
    const change: Change = { action: "update", type, id, project, args: values };
    const existing = this.cloud.get(type, id);
    if (!existing) {
      throw new ProviderError([
        {
          summary: `Error updating ${type} "${id}": googleapi: Error 404: Requested entity was not found.`,
          detail: "It was deleted outside of Terraform after the plan was made: plan again.",
        },
      ]);
    }
    this.check(change);
    const live = kindOf(type).live?.filter((name) => equal(values[name] ?? null, prior[name] ?? null)) ?? [];
    const kept = Object.fromEntries(live.map((name) => [name, existing.values[name] ?? null]));
    this.cloud.put({ type, id, values: { ...values, ...kept } });
    return values;
  }

  private delete(type: string, prior: ValueObject): void {
    const id = text(prior, "id") ?? "";
    const existing = this.cloud.get(type, id);
    if (!existing || prior["deletion_policy"] === "ABANDON") {
      return;
    }
    const project = projectOf(type, prior, this.configuration, this.numbers) ?? "";
    this.check({ action: "delete", type, id, project, args: prior });
    const { remains, softDeletion } = kindOf(type);
    const kept = softDeletion ? { ...existing.values, ...softDeletion.mark } : remains?.(existing.values);
    if (kept) {
      this.cloud.put({ type, id, values: kept });
    } else {
      this.cloud.delete(type, id);
    }
    if (type === "google_service_account") {
      revokeGrants(text(prior, "member"), this.cloud);
    }
  }

  private check(change: Change): void {
    for (const rule of rules) {
      const refusal = rule.check(change, {
        cloud: this.cloud,
        numbers: this.numbers,
        iamDelaySeconds: this.iamDelaySeconds,
      });
      if (refusal) {
        const id = refusal.passes ? seenLater : rule.id;
        throw new ProviderError([{ summary: refusal.error, detail: `${refusal.remedy} [${id}]` }]);
      }
    }
  }

  private block(type: string): Block {
    const schema = this.catalogue.resource(type);
    if (!schema) {
      throw unknownType(type);
    }
    return schema.block;
  }
}

/** Timeouts belong to Terraform, not to Google: reading leaves them as they are. */
function timeouts(current: ValueObject): ValueObject {
  const value = current["timeouts"];
  return value === undefined ? {} : { timeouts: value };
}

function unknownType(type: string): ProviderError {
  return new ProviderError([
    {
      summary: `The type '${type}' is not in the installed provider bindings`,
      detail: "Check its spelling, or install the version of the bindings that has it.",
    },
  ]);
}
