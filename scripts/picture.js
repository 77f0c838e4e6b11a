/**
 * Draws `docs/blink.svg`, the picture in the README: a program, the TypeScript that is emitted for it,
 * and its two LEDs as they blink in real time. All of it comes from running the built command line.
 * `node scripts/picture.js` writes the file; a test calls `picture()` to see that it is still true.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url).pathname;
const WIDTH = 980;
const LINE = 17;
const MARGIN = 18;
/** Of the waveforms, in seconds and pixels. */
const SECONDS = 2;
const SCALE = 400;
const LABEL = 96;

const style = `
  text { font: 12.5px ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; fill: #d6deeb; white-space: pre }
  .name { fill: #7f8ea3 } .word { fill: #c792ea } .text { fill: #a5e0a0 } .number { fill: #f7a072 }
  .wave { fill: none; stroke-width: 2 } .axis { stroke: #33415c } .cursor { stroke: #d6deeb; stroke-opacity: .5 }
`;

/** Runs the built command line in the root of the package. */
function mpy2ts(...args) {
  return execFileSync(process.execPath, ["bin/mpy2ts.js", ...args], {
    cwd: root,
    encoding: "utf8",
  });
}

/** What examples/blink is, becomes and does. */
function observe() {
  const folder = mkdtempSync(join(tmpdir(), "mpy2ts-picture-"));
  try {
    const events = join(folder, "events");
    mpy2ts("build", "examples/blink", "-o", join(folder, "out"));
    mpy2ts("run", "examples/blink", "--virtual", "--events", events);
    return {
      python: readFileSync(join(root, "examples/blink/main.py"), "utf8"),
      typescript: readFileSync(join(folder, "out/main.ts"), "utf8"),
      edges: readFileSync(events, "utf8").trim().split("\n").map(JSON.parse),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const TOKENS =
  /("[^"]*")|\b(async|await|class|const|def|export|from|function|import|as|let|new|return|while|yield)\b|\b(\d+)\b/g;

function coloured(line) {
  return escaped(line).replace(TOKENS, (all, text, word) => {
    const kind = text !== undefined ? "text" : word !== undefined ? "word" : "number";
    return `<tspan class="${kind}">${all}</tspan>`;
  });
}

/** A panel of code; `top` is its upper edge. */
function code(x, top, title, lines) {
  const text = lines.map(
    (line, n) => `<text x="${x}" y="${top + 2 * LINE + n * LINE}">${coloured(line)}</text>`,
  );
  return [`<text class="name" x="${x}" y="${top + LINE - 4}">${title}</text>`, ...text].join("\n");
}

function wave(source, edges, top, colour) {
  const high = top + 4;
  const low = top + 26;
  let path = `M${LABEL},${low}`;
  for (const { time, value } of edges.filter((edge) => edge.source === source)) {
    path += `H${LABEL + (time / 1000) * SCALE}V${value === 1 ? high : low}`;
  }
  path += `H${LABEL + SECONDS * SCALE}`;
  return [
    `<text x="${MARGIN}" y="${top + 20}">${source}</text>`,
    `<path class="wave" stroke="${colour}" d="${path}"/>`,
  ].join("\n");
}

/** The part of a file from the first line that matches on, up to the one before `end`. */
function part(text, start, end) {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => start.test(line));
  const to = lines.findIndex((line, n) => n > from && end.test(line));
  return lines
    .slice(from, to < 0 ? undefined : to)
    .join("\n")
    .trimEnd()
    .split("\n");
}

/** The text of the picture. */
export function picture() {
  const { python, typescript, edges } = observe();
  const left = part(python, /^async def blink/, /^asyncio\.run/);
  const right = part(typescript, /^export function\* blink/, /^const \$module/);
  const below = MARGIN + (Math.max(left.length, right.length) + 2) * LINE + 10;
  const bottom = below + 2 * LINE + 76;
  const end = LABEL + SECONDS * SCALE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + MARGIN}" role="img" aria-label="A MicroPython program, its TypeScript, and the two LEDs that it blinks">
<style>${style}</style>
<rect width="100%" height="100%" rx="10" fill="#0d1628"/>
${code(MARGIN, MARGIN, "main.py", left)}
${code(WIDTH / 2 - 50, MARGIN, "main.ts", right)}
<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${below}" y2="${below}"/>
<text class="name" x="${MARGIN}" y="${below + LINE + 4}">mpy2ts run examples/blink</text>
${wave("Pin(1)", edges, below + 2 * LINE, "#ff6b6b")}
${wave("Pin(2)", edges, below + 2 * LINE + 38, "#5ad1ff")}
<line class="cursor" x1="${LABEL}" x2="${LABEL}" y1="${below + 2 * LINE - 4}" y2="${bottom - 6}">
<animateTransform attributeName="transform" type="translate" from="0 0" to="${end - LABEL} 0" dur="${SECONDS}s" repeatCount="indefinite"/>
</line>
</svg>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, "docs/blink.svg"), picture());
}
