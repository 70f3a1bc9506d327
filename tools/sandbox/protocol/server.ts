import { Server as GrpcServer, ServerCredentials } from "@grpc/grpc-js";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

import type { Provider } from "../provider/provider";
import { type Interceptor, providerService, serve } from "./service";

/**
 * A provider on a unix socket. Every connection gets a provider of its own: provider blocks, aliases and other Terraform
 * processes each come over their own connection, and none may see the configuration of another.
 */
export class ProviderServer {
  /** @param socketPath at most about 100 bytes, the limit of unix sockets */
  static async listen(
    socketPath: string,
    newProvider: () => Provider,
    intercept?: Interceptor,
  ): Promise<ProviderServer> {
    const connections = new Set<Socket>();
    const server = createServer((socket) => {
      connections.add(socket);
      connect(socket, newProvider(), intercept);
      socket.on("close", () => connections.delete(socket));
    });
    server.listen(socketPath);
    await once(server, "listening");
    return new ProviderServer(server, connections);
  }

  private constructor(
    private readonly server: Server,
    private readonly connections: ReadonlySet<Socket>,
  ) {}

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    for (const connection of this.connections) {
      connection.destroy();
    }
    await closed;
  }
}

function connect(socket: Socket, provider: Provider, intercept?: Interceptor): void {
  const grpc = new GrpcServer({ "grpc.max_receive_message_length": -1, "grpc.enable_channelz": 0 });
  grpc.addService(providerService, serve(provider, intercept));
  grpc.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  // A probe connects and leaves at once: that is no fault.
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    provider.close();
    grpc.forceShutdown();
  });
}
