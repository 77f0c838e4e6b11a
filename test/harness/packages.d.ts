/** Packages without types that tests import. */
declare module "@micropython/micropython-webassembly-pyscript/micropython.mjs";

/** As far as the page test uses it; its own types want those of the document. */
declare module "playwright-core" {
  export interface Page {
    on(event: "pageerror", listener: (error: Error) => void): void;
    goto(url: string): Promise<unknown>;
    click(selector: string): Promise<void>;
    locator(selector: string): { innerText(): Promise<string> };
    waitForFunction(text: string, argument: null, options: { timeout: number }): Promise<unknown>;
  }
  export interface Browser {
    newPage(): Promise<Page>;
    close(): Promise<void>;
  }
  export const chromium: {
    launch(options: { executablePath: string; args: string[] }): Promise<Browser>;
  };
}
