// The sandbox gateway's own side: its switches, its ledger, and a payer without a browser.

import { expect } from "@playwright/test";

const URL = process.env.GATEWAY_URL ?? "http://127.0.0.1:8090";

/** What the gateway can be told to do to its callbacks. */
export type Switches = {
  late_ms?: number;
  /** Copies beside the first. */
  duplicate?: number;
  reorder?: boolean;
  forge?: boolean;
  drop?: boolean;
  wrong_amount?: boolean;
  late_capture?: boolean;
};

type Payment = { terms: { payment: string; order: string }; token: string; state: string };

/** One callback on its way to the shop; `kind` is `true` or what is forged about it. */
type Delivery = {
  kind: "true" | { forged: string };
  body: string;
  state: string;
  attempts: { status: number | null }[];
};

type Refund = { terms: { refund: string; payment: string }; state: string };

type Ledger = { payments: Payment[]; refunds: Refund[]; deliveries: Delivery[] };

export const gateway = {
  /** Sets these switches and turns the others off. */
  async set(switches: Switches): Promise<void> {
    await send("PUT", "/control/switches", switches);
  },

  /** Delivers what is held back. */
  async flush(): Promise<void> {
    await send("POST", "/control/flush");
  },

  /** Pays the newest payment of an order, as if on another device. */
  async pay(order: string): Promise<void> {
    await send("POST", `/control/payments/${await newest(order)}/pay`);
  },

  /** How often money was taken for an order. */
  async captures(order: string): Promise<number> {
    return (await payments(order)).filter((it) => it.state === "paid").length;
  },

  /** How often money went back for an order. */
  async refunds(order: string): Promise<number> {
    const mine = (await payments(order)).map((it) => it.terms.payment);
    const { refunds } = await ledger();
    return refunds.filter((it) => mine.includes(it.terms.payment) && it.state === "succeeded").length;
  },

  /** The callbacks about an order, true and forged. */
  async deliveries(order: string): Promise<Delivery[]> {
    const mine = (await payments(order)).map((it) => it.terms.payment);
    const { deliveries } = await ledger();
    return deliveries.filter((it) => mine.some((payment) => it.body.includes(payment)));
  },
};

async function newest(order: string): Promise<string> {
  const mine = (await payments(order)).at(-1);
  expect(mine, `a payment of order ${order}`).toBeTruthy();
  return mine!.terms.payment;
}

async function payments(order: string): Promise<Payment[]> {
  return (await ledger()).payments.filter((it) => it.terms.order === order);
}

async function ledger(): Promise<Ledger> {
  return (await send("GET", "/control/ledger")).json();
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const answer = await fetch(URL + path, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(answer.status, `${method} ${path}`).toBeLessThan(300);
  return answer;
}
