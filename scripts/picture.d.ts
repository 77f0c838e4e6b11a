/** See picture.js. */
export function picture(): string;
