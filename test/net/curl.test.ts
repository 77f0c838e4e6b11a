/**
 * curl, with what it does in the hands of its users, against an emitted HTTP/1.1 server, in the clear and
 * over TLS.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Running } from "../harness/command-line.js";
import { folderWith } from "../harness/command-line.js";
import { runTool, serve, testWith } from "./served.js";

const withCurl = testWith("curl");
const PIECE = 4096;

interface Site {
  url: string;
  curl(...args: string[]): Promise<{ status: number | null; output: string }>;
  server: Running;
}

async function site(scheme: string, input = ""): Promise<Site> {
  const certificates = scheme === "https" ? ["server.pem", "server.key.pem", "authority.pem"] : [];
  const { port, server, folder } = await serve("web_server.py", certificates);
  const trust = scheme === "https" ? ["--cacert", join(folder, "authority.pem")] : [];
  return {
    url: `${scheme}://localhost:${port}`,
    curl: (...args) => runTool("curl", ["-sS", "-4", ...trust, ...args], input),
    server,
  };
}

/** What `/large?count` sends. */
function numbered(count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, i) => Buffer.alloc(PIECE, String(i).padStart(8, "0"))),
  );
}

const digest = (data: Buffer): string => createHash("sha256").update(data).digest("hex");

describe.each(["http", "https"])("over %s", (scheme) => {
  withCurl("several requests share a connection", async () => {
    const { url, curl, server } = await site(scheme);
    const targets = [`${url}/echo`, `${url}/none`, `${url}/chunks?2`];
    const { output } = await curl(
      "-w",
      "connects %{num_connects} code %{http_code}\\n",
      ...targets,
    );
    expect(output).toBe(
      "connects 1 code 200\nnone\nconnects 0 code 404\nchunk 0\nchunk 1\nconnects 0 code 200\n",
    );
    await server.until(/served 3/);
  });

  withCurl("bodies go in chunks, and come in chunks", async () => {
    const body = numbered(50).toString("latin1");
    const { url, curl } = await site(scheme, body);
    const chunked = ["-H", "Transfer-Encoding: chunked", "-H", "Expect:"];
    const { output, status } = await curl(
      "-X",
      "POST",
      ...chunked,
      "--data-binary",
      "@-",
      `${url}/echo`,
    );
    expect(status).toBe(0);
    expect(output === body).toBe(true);
    const lines = Array.from({ length: 30 }, (_, i) => `chunk ${i}\n`);
    expect((await curl(`${url}/chunks?30`)).output).toBe(lines.join(""));
  });

  withCurl("HTTP/1.0 closes after each answer", async () => {
    const { url, curl, server } = await site(scheme);
    const { output } = await curl(
      "--http1.0",
      "-w",
      "connects %{num_connects}\\n",
      `${url}/none`,
      `${url}/none`,
    );
    expect(output).toBe("none\nconnects 1\nnone\nconnects 1\n");
    await server.until(/served 1\n[\s\S]*served 1\n/);
  });

  withCurl("a large file arrives as it was sent", async () => {
    const { url, curl } = await site(scheme);
    const file = join(folderWith({}), "large");
    const count = 3000;
    expect((await curl("-o", file, `${url}/large?${count}`)).status).toBe(0);
    expect(digest(readFileSync(file))).toBe(digest(numbered(count)));
  });

  withCurl("a download that is broken off ends its connection alone", async () => {
    const { url, curl, server } = await site(scheme);
    const slow = ["-o", "/dev/null", "--limit-rate", "50k", "--max-time", "1"];
    const [aborted, meanwhile] = await Promise.all([
      curl(...slow, `${url}/large?5000`),
      curl(`${url}/chunks?3`),
    ]);
    expect(aborted.status).toBe(28);
    expect(meanwhile.output).toBe("chunk 0\nchunk 1\nchunk 2\n");
    await server.until(/failed after 0 OSError\((104|32),\)/);
    expect((await curl("-d", "still there", `${url}/echo`)).output).toBe("still there");
    expect(server.stderr).toBe("");
  });

  withCurl("many at once", async () => {
    const { url, curl } = await site(scheme);
    const { output, status } = await curl("-Z", "--parallel-max", "20", `${url}/chunks?[1-40]`);
    expect(status).toBe(0);
    expect(output.match(/chunk/g)?.length).toBe((40 * 41) / 2);
  });
});
