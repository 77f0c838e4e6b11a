/** An emitted client against a TLS server of node's. */
import { createServer } from "node:tls";
import { mpy2ts, Running } from "../harness/command-line.js";
import { certificate, program } from "./served.js";

test("it trusts whom it should, and tells MicroPython's errors for the others", async () => {
  const server = createServer(
    { key: certificate("server.key.pem"), cert: certificate("server.pem") },
    (socket) => {
      socket.on("error", () => {});
      socket.on("data", (data) => socket.end(`${data}bye`));
    },
  );
  const alerts: (string | undefined)[] = [];
  server.on("tlsClientError", (error) => alerts.push((error as NodeJS.ErrnoException).code));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const folder = program("client.py", port, ["authority.pem", "authority.der", "rsa.pem"]);
  const client = new Running(["run", "main.py"], folder);
  expect(await client.ended()).toBe(0);
  await new Promise((resolve) => server.close(resolve));
  expect(client.stdout.split("\n")).toEqual([
    "unchecked b'unchecked\\n' b'bye'",
    "trusted b'trusted\\n' b'bye'",
    "der b'der\\n' b'bye'",
    "wrong name ValueError('\\nThe certificate Common Name (CN) does not match with the expected CN\\n',)",
    "stranger ValueError('\\nThe certificate is not correctly signed by the trusted CA\\n',)",
    "",
  ]);
  expect(alerts).toEqual(["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"]);
});

test("virtual time has no TLS, and says so", () => {
  const folder = program("client.py", 1, ["authority.pem", "authority.der", "rsa.pem"]);
  const { stderr, status } = mpy2ts(["run", "--virtual", "main.py"], folder);
  expect(stderr).toMatch(/NotImplementedError: TLS needs real time/);
  expect(status).toBe(1);
});
