import type { IncomingMessage } from "node:http";

/**
 * Why a server on loopback does not answer a request; `undefined` where it does. Every page in a browser can send requests to loopback:
 * to a name of its site that leads here (Host is that name then), or across sites (which Origin and Sec-Fetch-Site tell). Programs
 * other than browsers send neither of the two. A link to here may be followed from anywhere.
 */
export function foreignBecause({ headers, socket }: IncomingMessage): string | undefined {
  const own = [`127.0.0.1:${socket.localPort!}`, `localhost:${socket.localPort!}`];
  const { host = "", origin } = headers;
  if (!own.includes(host)) {
    return `the header Host must be ${own.join(" or ")}, got '${host}'`;
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return `pages of other sites are not answered: the header Origin must be http://${host} or absent, got '${origin}'`;
  }
  const site = headers["sec-fetch-site"] ?? "none";
  if (site !== "none" && site !== "same-origin" && headers["sec-fetch-mode"] !== "navigate") {
    return `pages of other sites are not answered: the header Sec-Fetch-Site must be same-origin, none or absent, got '${site.toString()}'`;
  }
  return undefined;
}
