/** A longer sentence is a list of its own. */
const LIMIT = 400;
const MOST_ITEMS = 6;
/** Words; what is longer has more in it than the name of the thing. */
const LONGEST_NAME = 3;

const NUMBER_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
const VALUE = String.raw`(?:[$€£¥]\s?)?(?:\d[\d.,]*\d|\d|(?:${NUMBER_WORD})\b)(?:\s?%|\s(?!(?:and|respectively)\b)[a-z]+)?`;
const ENGLISH_VALUES = new RegExp(String.raw`(${VALUE}(?:,\s${VALUE})*,?\sand\s${VALUE})`, "iu");
const ENGLISH_ITEMS = /((?:[^,.;:]{1,40},\s)*[^,.;:]{1,40}?)(?:,?\sand\s)(.*)$/u;
const HAN_LIST = /[、，]|以及|和|与|及/u;
const HAN_VALUE = /[\d一二两三四五六七八九十百千万半]/u;
/** Behind the last of the listed things: how many they are, and what is said of them. */
const HAN_COUNT = /[两二三四五六七八\d]\s?[款种个家位类项者名]/u;
const HAN_REST = new RegExp(`${HAN_COUNT.source}|的|每|共|均`, "u");

/**
 * "A and B cost 5 and 7 euros respectively", 甲和乙分别为5元和7元: each thing with its value, one statement each; null where
 * the sentence has no such list, or things and values are not as many.
 */
export function readRespectively(sentence: string): string[] | null {
  if (sentence.length > LIMIT) return null;
  if (sentence.includes("分别")) return readHan(sentence);
  return /\brespectively\b/iu.test(sentence) ? readEnglish(sentence) : null;
}

function readHan(sentence: string): string[] | null {
  const at = sentence.indexOf("分别");
  const [clause = ""] = /[^。；;：:\n]*$/u.exec(sentence.slice(0, at)) ?? [];
  const [tail = ""] = /^[^。；;\n]*/u.exec(sentence.slice(at + 2)) ?? [];
  const listed = tail.split(HAN_LIST);
  const end = listed.findIndex((value) => !HAN_VALUE.test(value));
  const values = end < 0 ? listed : listed.slice(0, end);
  const parts = clause.split(HAN_LIST).filter((part) => part !== "");
  const items = parts.slice(-values.length);
  const last = items.at(-1);
  if (
    last === undefined ||
    values.length < 2 ||
    values.length > MOST_ITEMS ||
    items.length !== values.length
  )
    return null;
  const found = HAN_REST.exec(last)?.index ?? 0;
  const length = found > 0 ? found : Math.min(items[0]?.length ?? 0, last.length);
  const [verb = ""] = /^[^\d一二两三四五六七八九十百千万半]{0,6}/u.exec(tail) ?? [];
  const shared = last.slice(length).replace(HAN_COUNT, "");
  const behind = end < 0 ? "" : listed.slice(end).join("，");
  const before = sentence.slice(0, at - clause.length) + parts.slice(0, -items.length).join("，");
  const after = sentence.slice(at + 2 + tail.length);
  const statements = items.map((item, i) => {
    const value = i === 0 ? values[0]?.slice(verb.length) : values[i];
    const name = i === items.length - 1 ? last.slice(0, length) : item;
    return `${name}${shared}${verb}${value}${behind && `，${behind}`}`;
  });
  return [before, ...statements, after].filter(isSaying);
}

function readEnglish(sentence: string): string[] | null {
  const match = ENGLISH_VALUES.exec(sentence);
  const list = match?.[1];
  if (!match || list === undefined) return null;
  const values = list.split(/,?\sand\s|,\s/u);
  const head = sentence.slice(0, match.index);
  const behind = sentence
    .slice(match.index + list.length)
    .replace(/,?\s*\brespectively\b/iu, "")
    .trim();
  const listed = ENGLISH_ITEMS.exec(head);
  const [, firsts = "", last = ""] = listed ?? [];
  const items = firsts.split(/,\s/u);
  if (firsts === "" || items.length + 1 !== values.length || values.length > MOST_ITEMS)
    return null;
  const before = (items.at(-1) ?? "").trim().split(/\s+/u).length;
  const words = before > LONGEST_NAME ? 1 : before;
  const lastWords = last.trim().split(/\s+/u);
  const named = lastWords.slice(0, words).join(" ");
  const rest = lastWords.slice(words).join(" ");
  // "Five, six and seven kilos": the unit stands once, behind the last.
  const unit = /\s([a-z%]+)$/iu.exec(values.at(-1) ?? "")?.[1] ?? "";
  const statements = [...items, named].map((item, i) => {
    const value = values[i] ?? "";
    const measured = /[\s%$€£¥]/u.test(value) ? value : `${value} ${unit}`;
    return `${item} ${rest} ${measured} ${behind}`.replace(/\s+/gu, " ");
  });
  return [head.slice(0, listed?.index), ...statements].filter(isSaying);
}

function isSaying(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
