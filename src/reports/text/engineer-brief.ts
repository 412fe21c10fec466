import type { Language } from "../../contract/outcome.ts";
import type { Advice, Report } from "../../contract/report.ts";
import { metricInfo } from "../metric-info.ts";
import { formatGain, formatScore } from "./labels.ts";

/** What a model may know of an advice to put it into an engineer's words: no judged text, and no number of the run. */
interface BriefItem {
  id: string;
  title: string;
  metric: string;
  actions: string[];
  /** Names it may write where a number belongs, with what stands there. */
  placeholders: Record<string, string>;
}

export interface EngineerBrief {
  language: Language;
  items: BriefItem[];
}

const LONGEST_PARAGRAPH = 1200;
const PLACEHOLDER = /\{(A\d+\.[a-z]+)\}/g;
const NUMBER = /\p{N}+(?:[.,]\p{N}+)*/gu;
/** Numbers in words; small ones are left, because "one change at a time" is none of the run. */
const SPELLED_NUMBER =
  /per ?cent|\b(?:ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b|百分|千分|[一二三四五六七八九十百千万两半几数]\s?(?:成|倍|个点)/i;
/** What a paragraph of plain words does not hold: links, tags, Markdown, invisible signs, and pieces of our prompt. */
const NOT_PLAIN =
  /:\/\/|\bwww\.|\bmailto:|\]\(|<[a-z!/?]|[`|]|\*\*|__|^\s*(?:#|>|[-*+] )|[\p{Cc}\p{Cf}]|placeholder|占位符|system prompt|系统提示/iu;

/** The advice of a run, in its order: the most gain for the least work first. */
export function briefEngineer(report: Report): EngineerBrief {
  const { language } = report;
  return {
    language,
    items: report.advice.map((advice) => ({
      id: advice.id,
      title: advice.title,
      metric: metricInfo(advice.metric).title[language],
      actions: [...advice.actions],
      placeholders: placeholdersOf(advice, report),
    })),
  };
}

function placeholdersOf(
  { id, cause, metric, gain }: Advice,
  { run, metrics, diagnosis }: Report,
): Record<string, string> {
  const mean = metrics[metric]?.mean ?? null;
  return {
    [`${id}.bound`]: formatGain(gain.bound),
    [`${id}.weak`]: String(diagnosis[cause] ?? 0),
    [`${id}.total`]: String(run.total_samples),
    ...(mean === null ? {} : { [`${id}.mean`]: formatScore(mean) }),
  };
}

/**
 * The paragraphs of a reply by advice id, numbers filled in. One that names no advice, stands there twice, is too long,
 * uses a placeholder there is not, brings a number of its own in figures or words, or is more than plain words is left
 * out: then the rule's text stands alone.
 */
export function readParagraphs(brief: EngineerBrief, reply: unknown): Record<string, string> {
  const entries = listOf(reply);
  const paragraphs: Record<string, string> = {};
  for (const item of brief.items) {
    const texts = entries.filter(({ id }) => id === item.id).map(({ text }) => text);
    const [text] = texts;
    const filled = texts.length === 1 && text !== undefined ? fill(item, text) : null;
    if (filled !== null) paragraphs[item.id] = filled;
  }
  return paragraphs;
}

function fill({ placeholders, actions }: BriefItem, text: string): string | null {
  const line = text.normalize("NFC").replace(/\s+/g, " ").trim();
  if (line === "" || line.length > LONGEST_PARAGRAPH || NOT_PLAIN.test(line)) return null;
  const names = [...line.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
  if (names.some((name) => !Object.hasOwn(placeholders, name))) return null;
  const known = new Set(actions.join(" ").match(NUMBER) ?? []);
  const words = line.replace(PLACEHOLDER, " ");
  const own = words.match(NUMBER) ?? [];
  // A brace that is left was meant to be a placeholder.
  if (/[{}]/.test(words) || SPELLED_NUMBER.test(words)) return null;
  if (own.some((number) => !known.has(number))) return null;
  return line.replace(PLACEHOLDER, (_, name: string) => placeholders[name] ?? "");
}

function listOf(reply: unknown): { id: string; text: string }[] {
  if (typeof reply !== "object" || reply === null || !("paragraphs" in reply)) return [];
  const { paragraphs } = reply;
  if (!Array.isArray(paragraphs)) return [];
  return paragraphs.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    if (!("id" in entry) || !("text" in entry)) return [];
    const { id, text } = entry;
    return typeof id === "string" && typeof text === "string" ? [{ id, text }] : [];
  });
}
