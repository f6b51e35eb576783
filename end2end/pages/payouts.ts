// What the demo shop pays its sharers, and letting the time pass after which it can be withdrawn.

import { execFileSync } from "node:child_process";

/** Basis points of a sale that a product pays unless the catalogue says otherwise. */
export const PLAIN_RATE = 1_000;

/**
 * Lets the days go by in which a received order can be returned: what it pays can be withdrawn as soon as
 * the shop's own job has seen it. The browser suite's shop keeps its things in SQLite.
 */
export function commissionsSettle(order: string): void {
  const database = process.env.JISHI_DATABASE_URL?.replace(/^sqlite:\/\//, "");
  if (!database) throw new Error("JISHI_DATABASE_URL must name the shop's SQLite database");
  if (!/^[\w-]+$/.test(order)) throw new Error(`${order} is no id of an order`);
  const past = `UPDATE commission SET available_at = ${Date.now() - 1000} WHERE order_id = '${order}' AND state = 'frozen'`;
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", database, past], { stdio: "pipe" });
}
