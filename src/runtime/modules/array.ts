/** The `array` module. */

export { array } from "../core/container/array.js";
