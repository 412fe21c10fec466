import * as z from "zod";
import type { CutText } from "../../../scoring/sample.ts";
import { said } from "../../../words/said.ts";
import { isAbstention } from "../../offline/abstention.ts";
import { invent } from "./control-claims.ts";
import { cutByCost, estimateTokens } from "./estimate-tokens.ts";
import { createFence, LONE_SURROGATE, neutralise, neutralLines } from "./fence.ts";
import { chooseLanguage, PROMPTS, type PromptLanguage } from "./prompts.ts";
import { type Question, tagged } from "./question.ts";
import { entriesIn, fieldOf, readById, readFlag, readId } from "./read-fields.ts";
import { ABSTAINS, composeReply, sentencesPart, TEXTS } from "./reply-parts.ts";

const SplitSentence = tagged("sentence", {
  claims: z.array(z.object({ text: z.string(), onTopic: z.boolean().nullable() })),
});
export type SplitSentence = z.infer<typeof SplitSentence>;

export const SplitItem = z.union([
  SplitSentence,
  tagged("abstains", { abstains: z.boolean() }),
  tagged("questions", { questions: z.array(z.string()) }),
  tagged("entities", { entities: z.array(z.string()) }),
]);
export type SplitItem = z.infer<typeof SplitItem>;

export const sentenceId = (index: number) => `s${index + 1}`;

interface SplitInput {
  of: "answer" | "reference";
  question: string;
  text: CutText;
  /** Zero-based sentences to split in this call. */
  sentences: readonly number[];
  wantsQuestions: boolean;
  wantsEntities: boolean;
  /** The sentences were left without claims before: asked again, with one more whose claim we know. */
  isSecondLook?: boolean;
}

/** Replies repeat about what they read, so a call splits at most this much. */
const TOKENS_PER_SPLIT = 2_000;
const LONGEST_CLAIM = 1_000;
const MOST_CLAIMS_PER_SENTENCE = 40;
const REVERSE_QUESTIONS = 3;
const LONGEST_QUESTION = 500;
const MOST_ENTITIES = 200;

/** The sentences of a text, or those named, in runs small enough for one call each. */
export function cutForSplitting(
  text: CutText,
  sentences: readonly number[] = [...text.sentences.keys()],
): number[][] {
  return cutByCost(sentences, TOKENS_PER_SPLIT, (index) =>
    estimateTokens(sentenceText(text, index)),
  );
}

export function sentenceText(text: CutText, index: number): string {
  const sentence = text.sentences[index];
  return sentence ? text.text.slice(sentence.start, sentence.end) : "";
}

/** Claims of the sentences of one text; every sentence must be answered for, if only with an empty list. */
export function askToSplit(input: SplitInput, drawHex: () => string): Question<SplitItem> {
  const { of, question } = input;
  const isAnswer = of === "answer";
  const shown = input.sentences.map((index) => sentenceText(input.text, index));
  const language = chooseLanguage(`${question}\n${shown.join("\n")}`);
  const prompts = PROMPTS[language];
  const extras = [
    ...(isAnswer && !input.isSecondLook ? ["abstains"] : []),
    ...(input.wantsQuestions ? ["questions"] : []),
    ...(input.wantsEntities ? ["entities"] : []),
  ];
  return {
    title: said(input.isSecondLook ? `task_split_${of}_again` : `task_split_${of}`),
    input: [input.isSecondLook ? "split again" : "split", of, language, question, shown, extras],
    ids: [...input.sentences.map(sentenceId), ...extras],
    hasControls: input.isSecondLook === true,
    item: SplitItem,
    attempt(pending, isLast) {
      const hex = drawHex();
      const fence = createFence(hex);
      const asked = new Set(pending);
      const known = input.isSecondLook ? knownSentence(input.text, language, hex) : null;
      const system = [
        isAnswer ? prompts.splitAnswer : prompts.splitReference,
        ...(asked.has("questions") ? [prompts.reverseQuestions] : []),
        ...(asked.has("entities") ? [prompts.entities] : []),
        prompts.data,
      ];
      const lines = input.sentences.map(
        (index, at) => `[${sentenceId(index)}] ${neutralise(shown[at] ?? "")}`,
      );
      return {
        prompt: {
          task: `split_${of}`,
          system: system.join("\n"),
          user: [
            fence.frame("QUESTION", neutralLines(question)),
            fence.frame(of.toUpperCase(), known ? [...lines, known.line] : lines),
            `${prompts.answerFor} ${[...pending, ...(known ? [known.id] : [])].join(" ")}`,
          ].join("\n"),
          ...composeReply(
            {
              sentences: sentencesPart(
                [
                  ...input.sentences.map(sentenceId).filter((id) => asked.has(id)),
                  ...(known ? [known.id] : []),
                ],
                isAnswer,
              ),
              abstains: asked.has("abstains") && ABSTAINS,
              questions: asked.has("questions") && TEXTS,
              entities: asked.has("entities") && TEXTS,
            },
            prompts.jsonOnly,
          ),
          replyTokens: 1_500 + 3 * estimateTokens(shown.join("\n")),
        },
        read: (reply) => ({
          controlsHeld: known === null || hasKnownClaim(reply, known),
          items: readSplit(reply, input, asked, isLast),
        }),
      };
    },
  };
}

interface KnownSentence {
  id: string;
  line: string;
  /** The number in it, which any claim made of it must carry. */
  number: string;
}

/** A sentence of our own behind the text's: a judge that was told to list no claims leaves this one out too. */
function knownSentence(text: CutText, language: PromptLanguage, hex: string): KnownSentence {
  const id = sentenceId(text.sentences.length);
  const statement = invent(language, hex);
  return { id, line: `[${id}] ${statement}`, number: /\d+/.exec(statement)?.[0] ?? "" };
}

function hasKnownClaim(reply: unknown, known: KnownSentence): boolean {
  const entry = entriesIn(reply, "sentences", "id").find(
    (one) => readId(fieldOf(one, "id"), "s") === known.id,
  );
  const claims = readClaims(entry, false)?.claims ?? [];
  return claims.some(({ text }) => text.includes(known.number));
}

function readSplit(
  reply: unknown,
  input: SplitInput,
  asked: ReadonlySet<string>,
  isLast: boolean,
): Map<string, SplitItem> {
  const items: Map<string, SplitItem> = readById(
    entriesIn(reply, "sentences", "id"),
    (entry) => readId(fieldOf(entry, "id"), "s"),
    (entry, id) => (asked.has(id) ? readClaims(entry, input.of === "answer") : null),
  );
  readExtras(reply, input.text.text, items);
  if (!isLast && deniesItself(items, input.text.text)) items.delete("abstains");
  return items;
}

/** Called a refusal, though it makes claims that answer the question and our own reading finds none: asked again. */
function deniesItself(items: ReadonlyMap<string, SplitItem>, text: string): boolean {
  const abstains = items.get("abstains");
  if (abstains?.kind !== "abstains" || !abstains.abstains) return false;
  const answers = [...items.values()].some(
    (item) => item.kind === "sentence" && item.claims.some(({ onTopic }) => onTopic === true),
  );
  return answers && !isAbstention(text);
}

/** What is said once about a whole text, as far as it is in the reply and valid. */
function readExtras(reply: unknown, source: string, items: Map<string, SplitItem>): void {
  const abstains = readFlag(fieldOf(reply, "abstains"));
  if (abstains !== null) items.set("abstains", { kind: "abstains", abstains });
  const questions = readTexts(fieldOf(reply, "questions"), LONGEST_QUESTION);
  // An answer that declines answers no question; every other one answers as many as asked for.
  if (questions && (questions.length >= REVERSE_QUESTIONS || abstains === true)) {
    items.set("questions", { kind: "questions", questions: questions.slice(0, REVERSE_QUESTIONS) });
  }
  const entities = readTexts(fieldOf(reply, "entities"), LONGEST_CLAIM);
  if (entities && entities.length <= MOST_ENTITIES && areCopied(entities, source)) {
    items.set("entities", { kind: "entities", entities: [...new Set(entities)] });
  }
}

/** The claims of one sentence; null when one of them is not usable. */
function readClaims(entry: unknown, isAnswer: boolean): SplitSentence | null {
  const listed = fieldOf(entry, "claims");
  if (!Array.isArray(listed) || listed.length > MOST_CLAIMS_PER_SENTENCE) return null;
  const claims: { text: string; onTopic: boolean | null }[] = [];
  for (const claim of listed) {
    const [claimText] = readTexts([fieldOf(claim, "text")], LONGEST_CLAIM) ?? [];
    const onTopic = isAnswer ? readFlag(fieldOf(claim, "on_topic")) : null;
    if (claimText === undefined || (isAnswer && onTopic === null)) return null;
    claims.push({ text: claimText, onTopic });
  }
  return { kind: "sentence", claims };
}

/** Texts of a list, trimmed; null unless every entry is a text that says something. */
function readTexts(value: unknown, longest: number): string[] | null {
  if (!Array.isArray(value)) return null;
  const texts: string[] = [];
  for (const entry of value) {
    if (typeof entry !== "string") return null;
    const trimmed = entry.trim().replace(LONE_SURROGATE, "\ufffd");
    if (trimmed === "" || trimmed.length > longest) return null;
    texts.push(trimmed);
  }
  return texts;
}

/** Entities count only if they stand in the reference: what does not is the judge's own. */
function areCopied(entities: readonly string[], source: string): boolean {
  const folded = source.normalize("NFKC").toLowerCase();
  return entities.every((entity) => folded.includes(entity.normalize("NFKC").toLowerCase()));
}
