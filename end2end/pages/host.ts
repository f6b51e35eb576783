// A plain host of the app's files, as any would do: the shop itself answers what is asked of its API. Another
// version of the app can be put in the place of the one it has.

import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const DIST = join(import.meta.dirname, "..", "..", "dist");
const SHOP = process.env.BASE_URL ?? "http://127.0.0.1:8080";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

export class Host {
  private readonly folder = mkdtempSync(join(tmpdir(), "jishi-host-"));
  private readonly server: Server = createServer((asked, answer) => this.answer(asked, answer));

  private constructor() {
    for (const name of readdirSync(DIST).filter((name) => extname(name) in TYPES)) {
      writeFileSync(join(this.folder, name), readFileSync(join(DIST, name)));
    }
  }

  static async open(): Promise<Host> {
    const host = new Host();
    await new Promise<void>((done) => host.server.listen(0, "127.0.0.1", done));
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The app's name in its newest version; its files are named after it. */
  get version(): string {
    return /storefront-[0-9a-f]{16}/.exec(readFileSync(join(this.folder, "index.html"), "utf8"))![0];
  }

  /** Puts a new version in place: the files of the old one are gone. */
  deploy(): void {
    const old = this.version;
    const fresh = `storefront-${Date.now().toString(16).padStart(16, "0")}`;
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      // Both names are of one length, so that even WebAssembly, which imports by name, stays what it is.
      const text = readFileSync(path, "latin1").replaceAll(old, fresh);
      writeFileSync(path, text.replace(/(const VERSION = ")[^"]*/, `$1${fresh.slice(11)}`), "latin1");
      renameSync(path, join(this.folder, name.replace(old, fresh)));
    }
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true });
  }

  private answer(asked: IncomingMessage, answer: ServerResponse): void {
    const path = new URL(asked.url!, SHOP).pathname;
    if (/^\/(api|media)\//.test(path)) return this.pass(asked, answer);
    const name = path.slice(1).includes(".") ? path.slice(1) : "index.html";
    try {
      const bytes = readFileSync(join(this.folder, name));
      const keep = /[-.][0-9a-f]{12,}[-._]/.test(name) ? "max-age=31536000, immutable" : "no-cache";
      answer.writeHead(200, { "content-type": TYPES[extname(name)], "cache-control": keep }).end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, headers } = asked;
    const passed = request(new URL(asked.url!, SHOP), { method, headers: { ...headers, host: new URL(SHOP).host } }, (given) => {
      answer.writeHead(given.statusCode!, given.headers);
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  }
}
