/**
 * The project's files for imports that only the running program knows: names that it computes, and
 * files that the graph did not reach. Used by `run` and by the testing API.
 */
import { decodeSource } from "../diagnostics/decode.js";
import { createResolver } from "../resolve.js";
import type { ModuleSource } from "../runtime/core/module/file-module.js";
import type { Project } from "./project.js";

export function projectSources({
  files,
  searchPath,
  tracePath,
}: Project): (name: string) => ModuleSource | undefined {
  const { resolve } = createResolver(files, searchPath);
  return (name) => {
    const found = resolve(name);
    if (found.kind === "namespace")
      return { file: null, folder: tracePath(found.path), read: () => "" };
    if (found.kind !== "project") return undefined;
    const { path, isPackage } = found;
    const file = tracePath(path);
    return {
      file,
      folder: isPackage ? file.replace(/\/__init__\.py$/, "") : null,
      read() {
        const content = files.read(path);
        return content instanceof Uint8Array
          ? (decodeSource(content, file).text ?? "")
          : String(content ?? "");
      },
    };
  };
}
