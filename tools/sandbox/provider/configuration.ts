import { isObject, text, type Value } from "../values/value";

/** What a provider block says, as far as the sandbox needs it. */
export interface Configuration {
  readonly project: string | undefined;
  readonly region: string | undefined;
  readonly zone: string | undefined;
  readonly defaultLabels: Readonly<Record<string, Value>>;
  /** Whether new resources get the label `goog-terraform-provisioned`. */
  readonly attributionLabel: boolean;
}

/** Reads a provider block. Values that are not known yet count as not set. */
export function readConfiguration(config: Value): Configuration {
  const block = isObject(config) ? config : {};
  const labels = block["default_labels"];
  return {
    project: text(block, "project"),
    region: text(block, "region"),
    zone: text(block, "zone"),
    defaultLabels: isObject(labels) ? labels : {},
    attributionLabel: block["add_terraform_attribution_label"] !== false,
  };
}
