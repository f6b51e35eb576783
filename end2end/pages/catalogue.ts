// The demo shop's goods as its catalogue file has them, and changing them while the shop is open.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Language } from "./words.ts";

type Text = { zh: string; en: string };

export type Sku = {
  code: string;
  label: Text;
  /** In minor units. */
  price: number;
  stock: number;
  attributes: { id: string; value: string }[];
};

export type Product = {
  id: string;
  slug: string;
  title: Text;
  category: string;
  options: { id: string; name: Text; values: { id: string; label: Text }[] }[];
  skus: Sku[];
  group_buy?: { size: number; offers: { sku: string; price: number }[] };
};

type Catalogue = { products: Product[]; categories: { id: string; name: Text }[] };

const FOLDER = join(import.meta.dirname, "..", "..", "demo");

function read(): Catalogue {
  return JSON.parse(readFileSync(join(FOLDER, "catalogue.json"), "utf8"));
}

export const catalogue = read();

export function product(slug: string): Product {
  return found(catalogue.products, (it) => it.slug === slug, slug);
}

export function sku(code: string): Sku {
  return found(catalogue.products.flatMap((it) => it.skus), (it) => it.code === code, code);
}

/** What one of a SKU costs in a group, in minor units. */
export function groupPrice(code: string): number {
  const offers = catalogue.products.flatMap((it) => it.group_buy?.offers ?? []);
  return found(offers, (it) => it.sku === code, code).price;
}

export function said(text: Text, language: Language): string {
  return language === "zh-CN" ? text.zh : text.en;
}

/** `¥39.90`, as the shop writes what is to be paid. */
export function toPay(minor: number): string {
  return `¥${(minor / 100).toLocaleString("en", { minimumFractionDigits: 2 })}`;
}

/** `¥39.9`, as the shop writes a price while one looks around. */
export function shown(minor: number): string {
  return `¥${(minor / 100).toLocaleString("en", { maximumFractionDigits: 2 })}`;
}

/**
 * Imports the catalogue with changed SKUs, as a shopkeeper does while the shop is open. What is not
 * named has its first price and stock. Callers share one shop: name only SKUs of the test's own.
 */
export function importChanged(changes: Record<string, Partial<Pick<Sku, "price" | "stock">>>): void {
  const changed = read();
  for (const it of changed.products.flatMap((product) => product.skus)) Object.assign(it, changes[it.code]);
  // Beside copies of the pictures: the import reads nothing outside its file's folder.
  const folder = mkdtempSync(join(tmpdir(), "jishi-catalogue-"));
  try {
    cpSync(FOLDER, folder, { recursive: true });
    const file = join(folder, "catalogue.json");
    writeFileSync(file, JSON.stringify(changed));
    const program = process.env.JISHI;
    if (!program) throw new Error("JISHI must name the shop's program, JISHI_DATABASE_URL its database");
    execFileSync(program, ["import", file], { stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function found<T>(all: T[], fits: (one: T) => boolean, name: string): T {
  const one = all.find(fits);
  if (!one) throw new Error(`${name} is not in the demo catalogue`);
  return one;
}
