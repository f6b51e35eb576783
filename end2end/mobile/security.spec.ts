// What the browser is told to refuse, and that the shop needs nothing of it (reliability 3.1, 3.2).

import { createHash, randomUUID } from "node:crypto";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { expect, test } from "../fixtures.ts";

test("the content policy allows the file's own inline scripts and no others", async ({ request }) => {
  const answer = await request.get("/");
  const policy = answer.headers()["content-security-policy"]!;
  const html = await answer.text();
  // The API's answers that the page holds are data: nothing that could run.
  const inline = [...html.matchAll(/<script(?![^>]*\b(?:src|data-get)=)[^>]*>([\s\S]*?)<\/script>/g)].map((it) => it[1]!);
  const hashes = inline.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  const script = policy.split(";").find((part) => part.trim().startsWith("script-src"))!;
  expect(script.match(/'sha256-[^']+'/g) ?? []).toEqual(hashes);
  expect(script).not.toContain("unsafe-inline");
  expect(script).not.toContain("'unsafe-eval'");
  expect(policy).toContain("require-trusted-types-for 'script'");
});

test("csp_evaluator finds nothing grave", async ({ request }) => {
  const policy = (await request.get("/")).headers()["content-security-policy"]!;
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
  const grave = findings.filter((it) => it.severity <= Severity.MEDIUM);
  expect(grave.map((it) => `${it.directive} ${it.value}: ${it.description}`)).toEqual([]);
});

for (const path of ["/", "/p/dandong-strawberry", "/api/home", "/api/nothing", "/icons.svg", "/sandbox/sms", "/healthz"]) {
  test(`${path} comes with the headers that every answer has`, async ({ request }) => {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["referrer-policy"]).toBeTruthy();
  });
}

test("the studio frames pages of a preview, and nobody frames anything else", async ({ request }) => {
  const of = async (path: string) => {
    const headers = (await request.get(path)).headers();
    const policy = headers["content-security-policy"]!.split(";").map((part) => part.trim());
    return { policy, denies: headers["x-frame-options"] };
  };
  const studio = await of("/studio/campaigns");
  expect(studio.policy).toContain("frame-src 'self'");
  expect(studio.policy).toContain("frame-ancestors 'none'");
  expect(studio.denies).toBe("DENY");
  const preview = await of("/p/dandong-strawberry?sku=FRU001-A&preview=x");
  expect(preview.policy).toContain("frame-ancestors 'self'");
  expect(preview.denies).toBe("SAMEORIGIN");
  for (const path of ["/", "/p/dandong-strawberry", "/api/home?preview=x"]) {
    const { policy, denies } = await of(path);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(denies, path).toBe("DENY");
  }
});

test("every operation that changes something refuses requests from elsewhere", async ({ request }) => {
  const api = await (await request.get("/api/openapi.json")).json();
  const unsafe = Object.entries<Record<string, unknown>>(api.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => !["get", "head", "options", "parameters"].includes(method))
      .map((method) => ({ method, path: path.replace(/\{\w+\}/g, "x") })),
  );
  expect(unsafe.length).toBeGreaterThan(10);
  const signed = unsafe.filter(({ path }) => path.startsWith("/api/webhooks/"));
  // The payment gateway's and a media server's, which sign what they say.
  expect(signed.length).toBe(2);
  for (const { method, path } of unsafe.filter((it) => !signed.includes(it))) {
    for (const from of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { origin: "https://example.org" }, {}]) {
      const headers = { ...from, "idempotency-key": randomUUID(), "content-type": "application/json" };
      const answer = await request.fetch(path, { method, headers, data: "{}" });
      expect(answer.status(), `${method} ${path} from ${JSON.stringify(from)}`).toBe(403);
      expect((await answer.json()).code).toBe("CROSS_SITE_REFUSED");
    }
  }
});

test("the strings that become markup are the app's own literals", async ({ page, shop }) => {
  // Wraps the policy before the app makes it, and notes what it lets through.
  await page.addInitScript(() => {
    const factory = window.trustedTypes!;
    const create = factory.createPolicy.bind(factory);
    const seen: string[] = [];
    Object.assign(window, { seenMarkup: seen });
    factory.createPolicy = ((name: string, rules: TrustedTypePolicyOptions) =>
      create(name, {
        ...rules,
        createHTML: (html: string, ...more: unknown[]) => {
          seen.push(html);
          return rules.createHTML!(html, ...more);
        },
      })) as typeof factory.createPolicy;
  });
  const markup = new Set<string>();
  const note = async () => {
    for (const html of await page.evaluate(() => (window as unknown as { seenMarkup: string[] }).seenMarkup)) markup.add(html);
  };
  await shop.open(`/search?q=${encodeURIComponent('<img src=x onerror="window.broken=1">')}`);
  await expect(shop.text("catalog.nothing_for", { q: '<img src=x onerror="window.broken=1">' })).toBeVisible();
  await note();
  await shop.product.open("dandong-strawberry");
  await shop.product.chosen.click();
  await note();
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  // Nothing of the shop's goods or the shopper's words is among them.
  for (const html of markup) {
    expect(html).not.toMatch(/草莓|onerror|<script|javascript:/i);
  }
});

test("the policy refuses markup that could run code", async ({ page, shop }) => {
  await shop.open("/");
  const refused = await page.evaluate(() => {
    const tries = ["<img src=x onerror=alert(1)>", "<script>1</script>", "<iframe srcdoc=x>", "<a href='javascript:1'>x</a>"];
    return tries.filter((html) => {
      try {
        document.createElement("template").innerHTML = html;
        return false;
      } catch {
        return true;
      }
    }).length;
  });
  expect(refused).toBe(4);
});

test("the session is a cookie that scripts cannot read and other sites do not send", async ({ page, customer }) => {
  await customer.signIn();
  const cookies = await page.context().cookies();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie.httpOnly, cookie.name).toBe(true);
    expect(cookie.sameSite, cookie.name).toBe("Lax");
  }
});
