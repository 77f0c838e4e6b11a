/**
 * A board with running firmware, as a test sees it: `advance()` lets time pass, `pin()`, `led()` and
 * `part()` act and look, `output` is what was printed.
 */

import { actionOf, pinId } from "../runtime/boards/sim/apply-wiring.js";
import type { SimBoard } from "../runtime/boards/sim/board.js";
import type { SimLine } from "../runtime/boards/sim/line.js";
import type { ActionArgument, Part } from "../runtime/boards/sim/part.js";
import { Led } from "../runtime/boards/sim/parts/led.js";
import { holdUp, pinActions, pressedLevel } from "../runtime/boards/sim/pin-actions.js";
import type { TraceSink } from "../runtime/boards/sim/trace.js";
import { parseEvent } from "../runtime/boards/sim/wiring.js";
import { decodeUtf8, encodeUtf8 } from "../runtime/core/text/utf8.js";
import { checkOptions, type OptionNames } from "../runtime/embed/known-options.js";
import type { VirtualHost } from "../runtime/host/virtual.js";
import type { EventValue, Level, PwmSignal } from "../runtime/machine/hal.js";
import { type Air, airOf } from "../runtime/network/air.js";
import { type Radio, type RadioNetwork, radioOf } from "../runtime/network/radio.js";
import { BleCentral } from "./ble-central.js";
import { BlePeripheral, type PeripheralDescription } from "./ble-peripheral.js";
import { EspnowPeer } from "./espnow-peer.js";
import { type Raster, Screen } from "./screen.js";

/** A change of a level. */
export interface Edge {
  /** Milliseconds since the start. */
  at: number;
  level: Level;
}

export interface BoardEvent {
  at: number;
  source: string;
  kind: string;
  value: EventValue;
}

export interface PressOptions {
  /** How long, in milliseconds. */
  for?: number;
  /** How often the contact bounces before it closes. */
  bounce?: number;
}

const PERIPHERAL_OPTIONS: OptionNames<PeripheralDescription> = {
  name: true,
  address: true,
  services: true,
};
const NETWORK_OPTIONS: OptionNames<RadioNetwork> = {
  ssid: true,
  key: true,
  channel: true,
  rssi: true,
  bssid: true,
};
const PRESS_OPTIONS: OptionNames<PressOptions> = { for: true, bounce: true };

/** A pin of the board, or the LED on one. */
export interface PinHandle {
  readonly level: Level;
  /** What PWM does on it; null: nothing. */
  readonly pwm: PwmSignal | null;
  readonly volts: number;
  /** All changes so far. */
  edges(): Edge[];
  press(options?: PressOptions): void;
  /** Closes the contact until release(). */
  hold(): void;
  release(): void;
  /** Drives the pin from outside; null lets go. */
  drive(level: Level | null): void;
  /** Gives the pin a voltage. */
  setVolts(volts: number): void;
}

export class SimulatedBoard implements TraceSink {
  /** What the firmware printed. */
  output = "";
  /** Tracebacks. */
  errors = "";
  /** Null while the firmware runs. Handlers of timers and pins outlive its last statement. */
  exitCode: number | null = null;
  /** Parts of a diagram that are not simulated, by id and type: "m1 (wokwi-stepper-motor)". */
  ignoredParts: readonly string[] = [];
  /** What parts and drivers reported. */
  readonly events: BoardEvent[] = [];
  private host: VirtualHost | null = null;
  private sim: SimBoard | null = null;
  private failure: unknown;
  private ended: Promise<void> | null = null;
  private phone: BleCentral | null = null;
  private readonly changes = new Map<string, Edge[]>();

  /** The lines that were printed. */
  get lines(): string[] {
    const lines = this.output.split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines;
  }

  /** Milliseconds since the start. */
  get time(): number {
    return this.host?.now() ?? 0;
  }

  /** Lets so many milliseconds pass. */
  async advance(ms: number): Promise<void> {
    if (this.host === null) throw new Error("the simulation has not started");
    if (typeof ms !== "number" || !(ms >= 0)) {
      throw new RangeError(`advance() takes milliseconds, not ${String(ms)}`);
    }
    await this.host.time.advance(this.time + ms);
    if (this.failure !== undefined) throw this.failure;
  }

  /**
   * Advances step by step until the condition holds; fails after `limit` milliseconds, with the condition
   * and, where the firmware has ended, with how it did.
   */
  async until(condition: () => boolean, limit = 60_000, step = 1): Promise<void> {
    const deadline = this.time + limit;
    while (!condition()) {
      if (this.time >= deadline) {
        throw new Error(`nothing of the kind within ${limit} ms: ${condition}${this.epitaph()}`);
      }
      await this.advance(step);
    }
  }

  /** What a failing test should say of firmware that has ended. */
  private epitaph(): string {
    if (this.exitCode === null) return "";
    return `\nthe firmware has ended with exit code ${this.exitCode}\n${this.errors}`;
  }

  pin(id: number | string): PinHandle {
    return this.handle(this.board.pin(pinId(this.board, String(id))));
  }

  /** An LED of the wiring by its id, or one of the board by its pin or name ("LED", 25, "LED(1)"). */
  led(id: number | string): PinHandle & { readonly on: boolean } {
    const line = this.ledLine(id);
    const handle = this.handle(line);
    const part = this.board.parts.get(String(id));
    const isOn = (): boolean => (part instanceof Led ? part.brightness > 0 : line.read() === 1);
    return Object.defineProperty(handle, "on", { get: isOn }) as PinHandle & {
      readonly on: boolean;
    };
  }

  /** A part by the id that the wiring gives it. */
  part<P extends Part = Part>(id: string): P {
    const part = this.board.parts.get(id);
    if (part === undefined) {
      const known = [...this.board.parts.keys()].join(", ") || "none";
      throw new RangeError(`there is no part '${id}'; there are ${known}`);
    }
    return part as P;
  }

  /** A display of the wiring, as text and as a picture. */
  screen(id: string): Screen {
    const part = this.part(id) as Part & Partial<Raster>;
    if (typeof part.colour !== "function") throw new RangeError(`'${id}' has no screen`);
    return new Screen(part as Part & Raster);
  }

  /** A phone near the board. */
  get bluetooth(): BleCentral {
    this.phone ??= new BleCentral(this.air);
    return this.phone;
  }

  /** A Bluetooth device that firmware finds, connects to and asks. */
  peripheral(description: PeripheralDescription): BlePeripheral {
    checkOptions("peripheral()", description, PERIPHERAL_OPTIONS);
    return new BlePeripheral(this.air, description);
  }

  /** Another board that speaks ESP-NOW, by an address of twelve hexadecimal digits. */
  espnow(address = "020000000001"): EspnowPeer {
    return new EspnowPeer(this.air, address);
  }

  /** The wireless networks that there are from now on; null: any that the firmware asks for. */
  setNetworks(networks: Parameters<Radio["set"]>[0]): void {
    for (const network of networks ?? []) {
      checkOptions("a network of setNetworks()", network, NETWORK_OPTIONS);
    }
    radioOf(this.board).set(networks);
  }

  /** Makes a part or a pin act: `act("knob", "turn", 3)`. */
  act(target: string, action: string, ...args: ActionArgument[]): void {
    actionOf(this.board, target, action)(args, { duration: null, bounces: 0 });
  }

  /** Books an event as a wiring file has it; its time counts from now: `script("GP2 press at 5 ms")`. */
  script(...events: string[]): void {
    for (const text of events) {
      const { target, action, args, at, duration, bounces } = parseEvent(text);
      const perform = actionOf(this.board, target, action);
      this.board.book(this.time + at, () => perform(args, { duration, bounces }));
    }
  }

  /** Asks a server of the firmware, and lets time pass until it has answered. */
  async request(text: string | Uint8Array, port = 80, limit = 10_000): Promise<string> {
    const connection = this.host?.network?.connect({ host: "127.0.0.1", port }, null);
    if (connection === undefined) throw new Error("the board has no network");
    const answer: number[] = [];
    connection.write(typeof text === "string" ? encodeUtf8(text) : text);
    await this.until(() => {
      answer.push(...connection.read(connection.available));
      return connection.ended || connection.error !== 0;
    }, limit);
    connection.close();
    if (connection.error !== 0)
      throw new Error(`no answer on port ${port}: error ${connection.error}`);
    return decodeUtf8(Uint8Array.from(answer));
  }

  // What follows is for simulate().

  /** A run starts: the first one, or one after a reset. */
  begin(host: VirtualHost, sim: SimBoard): void {
    this.host = host;
    this.sim = sim;
  }

  /** Keeps how the firmware ends. */
  follow(host: VirtualHost, ended: Promise<number>): void {
    this.ended = ended.then(
      (code) => this.finish(code),
      (error) => {
        this.failure = error;
      },
    );
    this.host = host;
  }

  /** Waits until the firmware rests for the first time. */
  async settle(): Promise<void> {
    await Promise.race([this.host?.time.settled(), this.ended]);
    if (this.failure !== undefined) throw this.failure;
  }

  finish(code: number): void {
    this.exitCode = code;
  }

  printed(stream: "output" | "errors", data: string | Uint8Array): void {
    this[stream] += typeof data === "string" ? data : decodeUtf8(data);
  }

  change(at: number, label: string, level: Level | number): void {
    const edges = this.changes.get(label) ?? [];
    edges.push({ at, level: level as Level });
    this.changes.set(label, edges);
  }

  event(at: number, source: string, kind: string, value: EventValue): void {
    this.events.push({ at, source, kind, value });
  }

  private get air(): Air {
    if (this.host === null) throw new Error("the simulation has not started");
    return airOf(this.host);
  }

  private get board(): SimBoard {
    if (this.sim === null) throw new Error("the simulation has not started");
    return this.sim;
  }

  private ledLine(id: number | string): SimLine {
    const { board } = this;
    const ofWiring = board.ledPins.get(String(id));
    if (ofWiring !== undefined) return ofWiring;
    return board.lines.find(({ data }) => data.label === id) ?? board.pin(pinId(board, String(id)));
  }

  private handle(line: SimLine): PinHandle {
    const { board } = this;
    const edges = (): Edge[] => [...(this.changes.get(line.data.label) ?? [])];
    return {
      get level() {
        return line.read();
      },
      get pwm() {
        return line.modulation;
      },
      get volts() {
        return line.volts;
      },
      edges,
      press: (options = {}) => {
        checkOptions("press()", options, PRESS_OPTIONS);
        holdUp(line);
        pinActions(board, line).press?.([], {
          duration: options.for ?? null,
          bounces: options.bounce ?? 0,
        });
      },
      hold: () => {
        holdUp(line);
        line.drive(pressedLevel(line));
      },
      release: () => line.drive(null),
      drive: (level) => {
        if (level !== null && level !== 0 && level !== 1) {
          throw new RangeError(`a level is 0, 1 or null, not ${String(level)}`);
        }
        line.drive(level);
      },
      setVolts: (volts) => {
        if (!Number.isFinite(volts)) throw new RangeError(`no voltage: ${String(volts)}`);
        line.externalVolts = volts;
      },
    };
  }
}
