// What the demo shop pays its sharers.

/** Basis points of a sale that a product pays unless the catalogue says otherwise. */
export const PLAIN_RATE = 1_000;
