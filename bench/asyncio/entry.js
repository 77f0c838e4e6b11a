/** The Python program that measures a workload; the same text for every interpreter. */
export function entryText(file, counts) {
  return `import measure, ${file}\nmeasure.measure(${file}.main, ${counts.join(", ")})\n`;
}
