import type { Browser, BrowserContext, Page } from "playwright-core";

export interface View {
  locale: "zh-CN" | "en-US";
  colorScheme: "light" | "dark";
  width: 1440 | 390;
}

export const WIDE: View = { locale: "zh-CN", colorScheme: "light", width: 1440 };
export const VIEWS: readonly View[] = [WIDE, { locale: "en-US", colorScheme: "dark", width: 390 }];
/** Every two of language, theme and width meet in one of these. */
export const PAIRED_VIEWS: readonly View[] = [
  WIDE,
  { locale: "zh-CN", colorScheme: "dark", width: 390 },
  { locale: "en-US", colorScheme: "light", width: 390 },
  { locale: "en-US", colorScheme: "dark", width: 1440 },
];

export interface OpenPage {
  page: Page;
  /** What the page complained about: exceptions, refused scripts and styles, missing files. */
  complaints: string[];
}

/** What a page on a busy machine may take for one thing; tests say nothing shorter. */
export const PAGE_MS = 60_000;

/** A fresh browser profile. */
export async function newVisitor(browser: Browser, view: View): Promise<BrowserContext> {
  const { locale, colorScheme, width } = view;
  const viewport = { width, height: width === 390 ? 844 : 900 };
  const context = await browser.newContext({ locale, colorScheme, viewport });
  context.setDefaultTimeout(PAGE_MS);
  return context;
}

/** A fresh browser profile with a page, as a first visitor has it. */
export async function openPage(browser: Browser, view: View): Promise<OpenPage> {
  return openTab(await newVisitor(browser, view));
}

/** One more tab of a visitor. */
export async function openTab(context: BrowserContext): Promise<OpenPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return { page, complaints };
}

export function nameOf(view: View): string {
  return `${view.locale.slice(0, 2)}-${view.colorScheme}-${view.width}`;
}

/** Pixels the page is wider than the screen; 0 when nothing sticks out. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)");
}
