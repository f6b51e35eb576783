// Letting time pass in the shop under test.

import { execFileSync } from "node:child_process";

function pass(what: string, id: string): void {
  const { JISHI_SANDBOX_CLOCK: program, JISHI_DATABASE_URL: database } = process.env;
  if (!program || !database) throw new Error("JISHI_SANDBOX_CLOCK and JISHI_DATABASE_URL must be set");
  execFileSync(program, [database, what, id], { stdio: "pipe" });
}

/** Lets a group's hours go by: the shop's own job ends it. */
export function timeIsUp(group: string): void {
  pass("group", group);
}

/** Lets the hours of a group go by whose free seats the store fills. */
export function storeCompletes(group: string): void {
  pass("by-store", group);
}

/** Lets the time go by that an order has to be paid in: the shop's own job closes it. */
export function payTimeIsUp(order: string): void {
  pass("order", order);
}

/**
 * Lets the days go by in which a received order can be returned: what it pays can be withdrawn as soon as
 * the shop's own job has seen it.
 */
export function commissionsSettle(order: string): void {
  pass("commission", order);
}

/** Lets the days go by until a scheduled promotion begins. */
export function promotionBegins(promotion: string): void {
  pass("promotion", promotion);
}
