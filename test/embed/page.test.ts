/**
 * examples/page in a real Chromium: bundled as its package.json says, served, loaded, clicked. Where
 * there is no Chromium the test is reported as skipped; .ci/run installs one.
 */

import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { folderWith, mpy2ts, packageFolder, put } from "../harness/command-line.js";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const executable = places.find((path) => path !== undefined && existsSync(path));
const isInstalled = existsSync(join(packageFolder, "node_modules/playwright-core"));
const example = join(packageFolder, "examples/page");

(executable === undefined || !isInstalled ? describe.skip : describe)("a program in a page", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const folder = folderWith({});
    for (const file of ["firmware/main.py", "page.ts", "index.html"]) {
      put(folder, file, readFileSync(join(example, file)));
    }
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(packageFolder, join(folder, "node_modules/mpy2ts"));
    const { scripts } = JSON.parse(readFileSync(join(example, "package.json"), "utf8"));
    const [emit = "", bundle] = scripts.build.split(" && ");
    expect(mpy2ts(emit.split(" ").slice(1), folder).stdout).toBe("Wrote 1 module to generated.\n");
    expect(bundle).toBe("esbuild page.ts --bundle --format=esm --outfile=page.js");
    await build({
      absWorkingDir: folder,
      entryPoints: ["page.ts"],
      bundle: true,
      format: "esm",
      outfile: "page.js",
      logLevel: "error",
    });
    expect(statSync(join(folder, "page.js")).size).toBeGreaterThan(10_000);
    server = createServer((request, response) => {
      const name = request.url === "/" ? "index.html" : (request.url ?? "").slice(1);
      const file = join(folder, name);
      response.writeHead(existsSync(file) ? 200 : 404, {
        "content-type": name.endsWith(".js") ? "text/javascript" : "text/html",
      });
      response.end(existsSync(file) ? readFileSync(file) : "");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { chromium } = await import("playwright-core");
    browser = await chromium.launch({
      executablePath: executable as string,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });

  const output = (): Promise<string> => page.locator("#output").innerText();

  async function shows(pattern: RegExp): Promise<void> {
    await page.waitForFunction(`${pattern}.test(document.body.innerText)`, null, {
      timeout: 30_000,
    });
  }

  test("it shows its output, awaits a promise of the page and keeps time", async () => {
    await shows(/the page says 19 letters/);
    await shows(/tick 1/);
    expect(await output()).toMatch(/^hello from Python\nthe page says 19 letters\n/);
  }, 60_000);

  test("a button sets an Event in Python, which calls the page", async () => {
    await page.click("#press");
    await shows(/pressed 1/);
    await page.click("#press");
    await shows(/pressed 2/);
    expect(await page.locator("#presses").innerText()).toBe("2");
  }, 60_000);

  test("a stop runs its finally blocks", async () => {
    await page.click("#stop");
    await shows(/stopped with 130/);
    expect(await output()).toMatch(/goodbye\nstopped with 130/);
    expect(problems).toEqual([]);
  }, 60_000);
});
