/** curl and openssl against an emitted HTTP server, in the clear and over TLS. */
import { connect } from "node:net";
import { runTool, serve, testWith } from "./served.js";

const TLS = ["server.pem", "server.key.pem", "authority.pem", "client.pem", "client.key.pem"];
const LARGE = "x".repeat(200_000);

testWith("curl")("curl gets and posts", async () => {
  const { port } = await serve("http_server.py");
  const url = `http://127.0.0.1:${port}`;
  expect((await runTool("curl", ["-s", `${url}/a?b=1`])).output).toBe("GET /a?b=1\n");
  const posted = await runTool("curl", ["-s", "--data-binary", "@-", `${url}/post`], LARGE);
  expect(posted.output).toBe(`POST /post\n${LARGE}`);
});

testWith("curl")("curl trusts the certificate, for the names that are in it", async () => {
  const { port, folder } = await serve("http_server.py", TLS);
  const trust = ["-sS", "--cacert", `${folder}/authority.pem`];
  const url = `https://localhost:${port}/secret`;
  expect((await runTool("curl", [...trust, url])).output).toBe("GET /secret\n");
  const posted = await runTool("curl", [...trust, "--data-binary", "@-", url], LARGE);
  expect(posted.output).toBe(`POST /secret\n${LARGE}`);
  const named = ["--resolve", `other.test:${port}:127.0.0.1`, `https://other.test:${port}/`];
  expect((await runTool("curl", [...trust, ...named])).status).toBe(60);
});

testWith("curl")("a server that asks for certificates refuses clients without one", async () => {
  const { port, folder, server } = await serve("http_server.py", [...TLS, "ask-client"]);
  const trust = ["-sS", "--cacert", `${folder}/authority.pem`];
  const url = `https://localhost:${port}/`;
  expect((await runTool("curl", [...trust, url])).status).not.toBe(0);
  await server.until(/\(-29824, 'MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE'\)/);
  const own = ["--cert", `${folder}/client.pem`, "--key", `${folder}/client.key.pem`];
  expect((await runTool("curl", [...trust, ...own, url])).output).toBe("GET /\n");
});

testWith("openssl")("openssl s_client settles on TLS 1.2 and sees the certificate", async () => {
  const { port, folder } = await serve("http_server.py", TLS);
  const request = "GET /from-openssl HTTP/1.0\r\n\r\n";
  const { output } = await runTool(
    "openssl",
    ["s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", `${folder}/authority.pem`, "-ign_eof"],
    request,
  );
  expect(output).toMatch(/Verify return code: 0 \(ok\)/);
  expect(output).toMatch(/Protocol *: TLSv1\.2/);
  expect(output).toContain("GET /from-openssl");
});

test("what is no TLS is an error of its connection alone", async () => {
  const { port, server, folder } = await serve("http_server.py", TLS);
  for (const bytes of [
    "GET / HTTP/1.0\r\n\r\n",
    "\x16\x03\x01\xff\xff",
    "\x16\x03\x01\x00\x05hello",
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end(bytes, "latin1"));
      socket.on("error", () => {}).on("close", () => resolve());
      socket.resume();
    });
  }
  await server.until(/(failed: OSError\(.*\n[\s\S]*){3}/);
  expect(server.stderr).toBe("");
  expect(folder).not.toBe("");
  expect(server.process.exitCode).toBeNull();
});
