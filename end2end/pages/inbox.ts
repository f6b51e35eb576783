// The sandbox's text messages, where the codes for signing in arrive.

import { expect, type Page } from "@playwright/test";

/** A mobile number that no other test uses. */
export function freshPhone(): string {
  const digits = Math.floor(Math.random() * 1e9).toString().padStart(9, "0");
  return `18${digits}`;
}

const used = new Set<string>();

/** The newest code that was sent to a number and was not given out before. */
export async function codeFor(page: Page, phone: string): Promise<string> {
  let code: string | undefined;
  await expect(async () => {
    const inbox = await (await page.request.get("/sandbox/sms")).text();
    const messages = inbox.split("<li>").filter((part) => part.includes(phone));
    const codes = messages.map((part) => part.match(/<strong>(\d{6})<\/strong>/)?.[1]);
    code = codes.find((it) => it && !used.has(phone + it));
    expect(code, `a code for ${phone}`).toBeTruthy();
  }).toPass();
  used.add(phone + code);
  return code!;
}
