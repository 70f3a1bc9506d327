import { Client, credentials, type ServiceError } from "@grpc/grpc-js";

import { providerService } from "../tools/sandbox/protocol/service";
import { decodeValue, encodeValue } from "../tools/sandbox/values/msgpack";
import type { Value } from "../tools/sandbox/values/value";

interface Answer {
  readonly diagnostics?: readonly { readonly summary: string }[];
  readonly planned_state?: { readonly msgpack: Buffer };
  readonly new_state?: { readonly msgpack: Buffer };
}

/** Speaks to a provider as Terraform does. */
export class ProviderClient {
  private readonly client: Client;

  constructor(socket: string) {
    this.client = new Client(`unix:${socket}`, credentials.createInsecure());
  }

  async configure(config: Value): Promise<void> {
    await this.call("Configure", { config: dynamic(config) });
  }

  async plan(type: string, config: Value): Promise<Value> {
    const proposed = dynamic(config);
    const answer = await this.call("PlanResourceChange", {
      type_name: type,
      config: proposed,
      prior_state: dynamic(null),
      proposed_new_state: proposed,
    });
    return decodeValue(answer.planned_state!.msgpack);
  }

  async apply(type: string, prior: Value, planned: Value): Promise<Value> {
    const answer = await this.call("ApplyResourceChange", {
      type_name: type,
      prior_state: dynamic(prior),
      planned_state: dynamic(planned),
    });
    return decodeValue(answer.new_state!.msgpack);
  }

  async read(type: string, state: Value): Promise<Value> {
    const answer = await this.call("ReadResource", { type_name: type, current_state: dynamic(state) });
    return decodeValue(answer.new_state!.msgpack);
  }

  async import(type: string, id: string): Promise<void> {
    await this.call("ImportResourceState", { type_name: type, id });
  }

  close(): void {
    this.client.close();
  }

  private async call(name: string, request: object): Promise<Answer> {
    const { path, requestSerialize, responseDeserialize } = providerService[name]!;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const answered = (error: ServiceError | null, value?: unknown) => {
        if (error) {
          reject(error);
        } else {
          resolve(value as Answer);
        }
      };
      this.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, answered);
    });
    if (answer.diagnostics?.[0]) {
      throw new Error(`${name}: ${answer.diagnostics[0].summary}`);
    }
    return answer;
  }
}

function dynamic(value: Value): { readonly msgpack: Buffer } {
  return { msgpack: encodeValue(value) };
}
