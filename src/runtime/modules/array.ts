/** The `array` module. */

export { array } from "../core/array.js";
