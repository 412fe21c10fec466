import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { cutText } from "../../src/scoring/cut-text.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { readPoints } from "./rows.ts";
import { mean, seededRandom } from "./statistics.ts";
import { EDITS, KINDS, type Lang } from "./twin-edits.ts";

/** Two answers to one question that differ in one thing: the passages carry the honest one and not the changed one. */
export const Twin = z.object({
  id: z.string(),
  kind: z.string(),
  lang: z.string(),
  question: z.string(),
  contexts: z.array(z.string()),
  honest: z.string(),
  changed: z.string(),
});
export type Twin = z.infer<typeof Twin>;

/** Drawn once, before the judge was changed to meet them. */
const SEED = 20261130;
const PER_KIND = 13;
const SOURCES: Readonly<Record<Lang, readonly string[]>> = {
  en: ["wice", "begin", "hotpotqa", "musique", "expertqa", "summedits"],
  zh: ["uhgeval_zh", "cmrc_ctx_zh", "drcd_ctx_zh"],
};
const QUESTIONS: Readonly<Record<Lang, string>> = {
  en: "What does the text say?",
  zh: "文中是怎么说的？",
};
/** Characters of a sentence that says one thing and can be read without the others. */
const LENGTHS: Readonly<Record<Lang, readonly [number, number]>> = { en: [45, 190], zh: [16, 80] };
/** Sentences around it that stay in the passage. */
const NEIGHBOURS = 4;

interface Place {
  sentence: string;
  passage: string;
}

/** Twins made from the sentences of the labelled sets, some of every kind in both languages; the same on every run. */
function makeTwins(dataDir: string): Twin[] {
  return (["en", "zh"] as const).flatMap((lang) => {
    const random = seededRandom(SEED);
    const pick = (n: number) => Math.floor(random() * n);
    const places = shuffle(readPlaces(dataDir, lang), pick);
    const others = places.map(({ sentence }) => sentence);
    const used = new Set<string>();
    return KINDS.flatMap((kind) => {
      const twins: Twin[] = [];
      for (const { sentence, passage } of places) {
        if (twins.length >= PER_KIND) break;
        if (used.has(sentence)) continue;
        const edited = EDITS[lang][kind](sentence, { pick, others });
        if (!edited || passage.includes(edited.changed)) continue;
        used.add(sentence);
        const id = `${kind}/${lang}${twins.length + 1}`;
        twins.push({ id, kind, lang, question: QUESTIONS[lang], contexts: [passage], ...edited });
      }
      return twins;
    });
  });
}

function readPlaces(dataDir: string, lang: Lang): Place[] {
  const [least, most] = LENGTHS[lang];
  const known = new Set<string>();
  return SOURCES[lang].flatMap((set) =>
    readPoints(dataDir, set).flatMap(({ contexts }) =>
      contexts.flatMap((text) => {
        if (known.has(text)) return [];
        known.add(text);
        const { sentences } = cutText(text, "s");
        return sentences.flatMap(({ start, end }, i) => {
          const sentence = text.slice(start, end).replace(/\s+/g, " ");
          if (sentence.length < least || sentence.length > most || !isStatement(sentence, lang))
            return [];
          const from = sentences[Math.max(0, i - NEIGHBOURS)]?.start ?? start;
          const to = sentences[Math.min(sentences.length - 1, i + NEIGHBOURS)]?.end ?? end;
          return [{ sentence, passage: text.slice(from, to) }];
        });
      }),
    ),
  );
}

function isStatement(sentence: string, lang: Lang): boolean {
  if (/["“”「」『』:：;；(（|[]/.test(sentence)) return false;
  return lang === "en"
    ? /^[A-Z][a-z].*[a-z0-9]\.$/.test(sentence) && !/ [.,'] /.test(sentence)
    : /^[\p{Script=Han}\d].*。$/u.test(sentence);
}

function shuffle<T>(items: readonly T[], pick: (n: number) => number): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = pick(i + 1);
    const [a, b] = [list[i], list[j]];
    if (a !== undefined && b !== undefined) [list[i], list[j]] = [b, a];
  }
  return list;
}

/** Twins written by hand, one JSON object a line, every file of the folder. */
function readTwins(folder: string): Twin[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) => readFileSync(`${folder}/${name}`, "utf8").split("\n"))
    .filter((line) => line.trim() !== "")
    .map((line) => Twin.parse(JSON.parse(line)));
}

export interface JudgedTwin {
  twin: Twin;
  honest: number;
  changed: number;
  /** Verdict words of the changed answer's claims. */
  verdicts: string[];
  confidence: string | undefined;
}

/** An honest answer has to reach the first value, a changed one must not exceed the second. */
const HONEST_FROM = 0.8;
export const CHANGED_UP_TO = 0.3;

export async function judgeTwin(twin: Twin): Promise<JudgedTwin> {
  const score = (answer: string) =>
    scoreSample(
      {
        question: twin.question,
        answer,
        passages: twin.contexts,
        reference: null,
        referencePassages: null,
        retrievedIds: null,
        referenceIds: null,
      },
      { id: twin.id, metrics: ["faithfulness"], judge: createOfflineJudge() },
    );
  const [honest, changed] = [await score(twin.honest), await score(twin.changed)];
  return {
    twin,
    honest: honest.outcomes.faithfulness?.value ?? 0,
    // An answer in which nothing is found to check is not found wrong.
    changed: changed.outcomes.faithfulness?.value ?? 1,
    verdicts: changed.evidence.claims.map(({ verdict }) => verdict ?? "none"),
    confidence: changed.outcomes.faithfulness?.confidence,
  };
}

function formatTwins(judged: readonly JudgedTwin[]): string {
  const line = (name: string, list: readonly JudgedTwin[]) => {
    const share = (test: (one: JudgedTwin) => boolean) =>
      mean(list.map((one) => (test(one) ? 1 : 0))).toFixed(2);
    const isHonest = ({ honest }: JudgedTwin) => honest >= HONEST_FROM;
    const isFound = ({ changed }: JudgedTwin) => changed <= CHANGED_UP_TO;
    const parts = [
      name.padEnd(14),
      String(list.length).padStart(4),
      share((one) => isHonest(one) && isFound(one)),
      share(isHonest),
      share(isFound),
      share(({ verdicts }) => verdicts.includes("contradicted")),
    ];
    return parts.join("  ");
  };
  const kinds = [...new Set(judged.map(({ twin }) => `${twin.kind} ${twin.lang}`))].sort();
  return [
    "kind             n  both  honest changed contradicted",
    ...kinds.map((kind) =>
      line(
        kind,
        judged.filter(({ twin }) => `${twin.kind} ${twin.lang}` === kind),
      ),
    ),
    line("all", judged),
  ].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      data: { type: "string", default: new URL("../../../shared/data", import.meta.url).pathname },
      twins: {
        type: "string",
        default: new URL("../../test/judges/offline/twins", import.meta.url).pathname,
      },
      kind: { type: "string" },
      wrong: { type: "boolean", default: false },
    },
  });
  const groups = [
    ["made", makeTwins(values.data)],
    ["written", readTwins(values.twins)],
  ] as const;
  for (const [name, all] of groups) {
    const judged: JudgedTwin[] = [];
    for (const twin of all)
      if (!values.kind || twin.kind === values.kind) judged.push(await judgeTwin(twin));
    if (judged.length === 0) continue;
    console.log(`\n${name}\n${formatTwins(judged)}`);
    if (!values.wrong) continue;
    for (const { twin, honest, changed, verdicts } of judged) {
      if (honest >= HONEST_FROM && changed <= CHANGED_UP_TO) continue;
      const [text] = twin.contexts;
      console.log(
        `${twin.id}  honest ${honest}  changed ${changed} ${verdicts}\n  ${twin.honest}\n  ${twin.changed}\n  | ${text?.slice(0, 700)}`,
      );
    }
  }
}
