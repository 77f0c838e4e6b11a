/** The types of vcd-parser, which has none of its own. */
declare module "vcd-parser" {
  interface Dump {
    readonly timescale: string;
    readonly endtime: string;
    readonly signal: readonly {
      readonly type: string;
      readonly module: string;
      readonly signalName: string;
      readonly wave: readonly (readonly [time: string, value: string])[];
    }[];
  }
  const parser: { parse(text: string): Promise<Dump> };
  export default parser;
}
