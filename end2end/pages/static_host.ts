// A host that knows nothing of the shop: hands out the built files, the page for every other address, and passes the
// API on.

import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const KINDS: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export class StaticHost {
  private constructor(private readonly server: Server) {}

  /** Opens one in front of the shop's API. */
  static async open(shop: string): Promise<StaticHost> {
    const server = createServer((request, response) => {
      const path = new URL(request.url!, shop).pathname;
      const passedOn = path.startsWith("/api/") || path.startsWith("/media/");
      (passedOn ? pass(new URL(request.url!, shop), request.method!, response) : file(path, response)).catch((error) => {
        response.writeHead(502).end(String(error));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new StaticHost(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) ? normalize(path) : "/index.html";
  const body = await readFile(join(DIST, name)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { "content-type": KINDS[extname(name)] ?? "application/octet-stream" });
  response.end(body);
}

async function pass(url: URL, method: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(url, { method, headers: { "accept-language": "zh-CN" } });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
