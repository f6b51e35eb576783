import { test } from "./fixtures.ts";
import { editor, friday, saleTerms } from "./pages/campaigns.ts";
import { sku } from "./pages/catalogue.ts";
for (const language of ["zh-CN", "en"] as const) {
  test.describe(language, () => {
    test.use({ language });
    test("look", async ({ somebody }) => {
      test.setTimeout(240_000);
      const desk = await editor(somebody);
      const { page } = desk;
      page.on("console", (m) => console.log("console:", m.type(), m.text().slice(0, 300)));
      const from = Date.parse(`${friday("20:00")}+08:00`);
      const id = await desk.make({ ...(saleTerms("FRU001-C", 2990, sku("FRU001-C").stock + 1000, from, from + 7200_000) as object), audience: { new_only: true } });
      const c = await desk.make({ ...(saleTerms("FRU001-C", 2990, 1, from, from + 7200_000) as object), ends_at: from + 12 * 86400_000, title: { zh: "满百减十", en: "Ten off a hundred" }, rule: { kind: "full_reduction", scope: { kind: "all" }, tiers: [{ from: 10000, off: 1000 }] } });
      await desk.command(c, "schedule").catch(() => {});
      const shot = (name: string) => page.screenshot({ path: `/tmp/look/${name}.${language}.png` });
      for (const [w, h, size] of [[1280, 800, "desk"], [390, 844, "phone"]] as const) {
        await page.setViewportSize({ width: w, height: h });
        for (const look of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: look, reducedMotion: "reduce" });
          if (look === "light") {
            await desk.open(id);
            await desk.expectCheck("Stock", "block");
            await page.waitForTimeout(6000);
          }
          await page.waitForTimeout(500);
          await shot(`editor-${size}-${look}`);
          if (size === "phone") await page.screenshot({ path: `/tmp/look/editor-full-${look}.${language}.png`, fullPage: true });
        }
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto("/studio/campaigns/new");
        await page.waitForTimeout(3000);
        await shot(`new-${size}`);
        await desk.list();
        await page.waitForTimeout(500);
        await shot(`list-${size}`);
        await page.getByRole("radio", { name: desk.t("calendar"), exact: true }).check({ force: true });
        await page.waitForTimeout(500);
        await shot(`calendar-${size}`);
        await desk.open(c);
        await page.waitForTimeout(2000);
        await page.screenshot({ path: `/tmp/look/reduction-${size}.${language}.png`, fullPage: true });
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await desk.open(id);
      await page.screenshot({ path: `/tmp/look/editor-full-desk.${language}.png`, fullPage: true });
      await desk.button("on_phone").click();
      await page.waitForTimeout(500);
      await shot("qr");
    });
  });
}
