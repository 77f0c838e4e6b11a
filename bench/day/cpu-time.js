/** Loaded before a program: tells at its end how many microseconds of CPU time it took. */
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(`CPU ${user + system}\n`);
});
