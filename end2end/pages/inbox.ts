// The sandbox's text messages, where the codes for signing in arrive.

import { expect, type Page } from "@playwright/test";

/** A mobile number that no other test uses. */
export function freshPhone(): string {
  const digits = Math.floor(Math.random() * 1e9).toString().padStart(9, "0");
  return `18${digits}`;
}

/** The newest code that was sent to a number. */
export async function codeFor(page: Page, phone: string): Promise<string> {
  let code = "";
  await expect(async () => {
    const inbox = await (await page.request.get("/sandbox/sms")).text();
    const message = inbox.split("<li>").find((part) => part.includes(phone));
    code = message?.match(/<strong>(\d{6})<\/strong>/)?.[1] ?? "";
    expect(code, `a code for ${phone}`).not.toBe("");
  }).toPass();
  return code;
}
