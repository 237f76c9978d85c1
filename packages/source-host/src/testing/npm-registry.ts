import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A package as a registry has it. */
export type Published = { manifest: { name: string; version: string }; tarball: Buffer };

/** A registry of npm packages on loopback. */
export type NpmRegistry = AsyncDisposable & {
  url: string;
  /** Paths that were asked for, without the leading slash. */
  requests: string[];
  publish(...packages: Published[]): void;
  /** Answers instead of sending a tarball. */
  sendTarball: ((answer: ServerResponse, tarball: Buffer) => void) | null;
};

/** Serves packuments and tarballs, and only to who knows the token, if there is one. */
export async function serveNpmRegistry(token: string | null = null): Promise<NpmRegistry> {
  const published: Published[] = [];
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(request.url ?? "").slice(1);
    registry.requests.push(path);
    if (token !== null && request.headers.authorization !== `Bearer ${token}`) return void answer.writeHead(401).end();
    const tarball = published.find((each) => path === tarballPath(each))?.tarball;
    if (tarball !== undefined) return (registry.sendTarball ?? send)(answer, tarball);
    const versions = published.filter(({ manifest }) => manifest.name === path);
    if (versions.length === 0) return void answer.writeHead(404).end("{}");
    answer
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify(packument(registry.url, versions)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const registry: NpmRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests: [],
    publish: (...packages) => void published.push(...packages),
    sendTarball: null,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return registry;
}

function send(answer: ServerResponse, tarball: Buffer): void {
  answer.writeHead(200, { "content-length": tarball.byteLength }).end(tarball);
}

function tarballPath({ manifest: { name, version } }: Published): string {
  return `${name}/-/${version}.tgz`;
}

function packument(url: string, versions: readonly Published[]): object {
  return {
    name: versions[0]?.manifest.name,
    "dist-tags": { latest: versions.at(-1)?.manifest.version },
    versions: Object.fromEntries(versions.map((each) => [each.manifest.version, withDist(url, each)])),
  };
}

function withDist(url: string, each: Published): object {
  const integrity = `sha512-${createHash("sha512").update(each.tarball).digest("base64")}`;
  return { ...each.manifest, dist: { tarball: url + tarballPath(each), integrity } };
}
