/** The texts of one of our prompts, found again from what was sent. */
export interface ParsedPrompt {
  task: string;
  format: "json_schema" | "json_object" | "text";
  question: string;
  /** Numbered lines `[id] text` by frame: ANSWER, REFERENCE, PASSAGES, CLAIMS, … */
  frames: Map<string, Line[]>;
  /** Ids of the last line, after the frames. */
  wanted: string;
  /** All characters sent: messages and schema. */
  characters: number;
  /** Those of judged texts and claims. */
  dataCharacters: number;
}

interface Line {
  id: string;
  text: string;
}

interface BrainVerdict {
  verdict: string;
  evidence: string[];
  jointly?: boolean;
}

/** How the fake judges. Each part can be replaced by a test. */
export interface Brain {
  claimsOf(sentence: Line): string[];
  onTopic(claim: string, question: string): boolean;
  abstains(answer: Line[]): boolean;
  check(claim: Line, passages: Line[]): BrainVerdict;
  compare(claim: Line, text: Line[]): string;
  relevance(passage: Line[], question: string): number;
  /** Was the passage useful for arriving at that text? */
  useful(passage: Line[], text: Line[]): boolean;
  /** `yes`, `no`, or a level, for a criterion's line as sent: `(yes/no) Is it polite?`. */
  meets(criterion: string, answer: Line[]): string;
}

const FRAME = /^⟦([0-9a-f]+) ([A-Z_]+)⟧$/;

export function parsePrompt(body: Record<string, unknown>): ParsedPrompt {
  const messages = (body.messages ?? []) as { role: string; content: string }[];
  const user = messages.find(({ role }) => role === "user")?.content ?? "";
  const format = body.response_format as
    | { type: "json_schema" | "json_object"; json_schema?: { name: string } }
    | undefined;
  const frames = new Map<string, Line[]>();
  let wanted = "";
  let dataCharacters = 0;
  let current: { name: string; end: string; lines: Line[] } | null = null;
  for (const line of user.split("\n")) {
    const frame = FRAME.exec(line);
    if (!current && frame) {
      current = { name: frame[2] ?? "", end: `⟦/${frame[1]}⟧`, lines: [] };
    } else if (current && line === current.end) {
      frames.set(current.name, current.lines);
      current = null;
    } else if (current) {
      const parsed = readLine(line);
      dataCharacters += parsed.text.length;
      current.lines.push(parsed);
    } else wanted = line;
  }
  const schema = format?.type === "json_schema" ? JSON.stringify(format.json_schema) : "";
  const characters =
    messages.reduce((sum, message) => sum + message.content.length, 0) + schema.length;
  return {
    task: taskOf(frames, format?.json_schema?.name),
    format: format?.type ?? "text",
    question: (frames.get("QUESTION") ?? []).map(({ text }) => text).join("\n"),
    frames,
    wanted,
    characters,
    dataCharacters,
  };
}

function readLine(line: string): Line {
  const match = /^\[([a-z]?\d+(?:\.\d+)?)\] ?(.*)$/s.exec(line);
  return match ? { id: match[1] ?? "", text: match[2] ?? "" } : { id: "", text: line };
}

function taskOf(frames: Map<string, Line[]>, schemaName: string | undefined): string {
  if (schemaName) return schemaName;
  const answer = frames.get("ANSWER");
  if (frames.has("CLAIMS_FOR_REFERENCE") || frames.has("CLAIMS_FOR_ANSWER")) return "cross_check";
  if (frames.has("PASSAGES") || frames.has("CRITERIA")) return "check_passages";
  return answer ? "split_answer" : "split_reference";
}

/** The same sentences come with every claim; looking their words up keeps the fake out of what is measured. */
const wordsOf = new Map<string, ReadonlySet<string>>();
const MOST_REMEMBERED = 20_000;

function words(text: string): ReadonlySet<string> {
  const known = wordsOf.get(text);
  if (known) return known;
  if (wordsOf.size >= MOST_REMEMBERED) wordsOf.clear();
  const found = new Set<string>();
  for (const word of text.toLowerCase().match(/[a-z0-9]+/g) ?? []) found.add(word);
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  for (const [at, character] of han.entries()) found.add(character + (han[at + 1] ?? ""));
  wordsOf.set(text, found);
  return found;
}

/** Share of the claim's words that stand in the text. */
function overlap(claim: string, text: string): number {
  const wanted = words(claim);
  if (wanted.size === 0) return 0;
  const there = words(text);
  let hits = 0;
  for (const word of wanted) if (there.has(word)) hits += 1;
  return hits / wanted.size;
}

export const HONEST: Brain = {
  claimsOf: ({ text }) => [text],
  onTopic: () => true,
  abstains: (answer) =>
    answer.every(({ text }) => /don't know|cannot answer|不知道|无法回答/i.test(text)),
  check(claim, passages) {
    const evidence = passages.filter(({ text }) => overlap(claim.text, text) >= 0.75);
    return evidence.length > 0
      ? { verdict: "supported", evidence: evidence.map(({ id }) => id) }
      : { verdict: "unsupported", evidence: [] };
  },
  compare: (claim, text) =>
    text.some((line) => overlap(claim.text, line.text) >= 0.75) ? "supported" : "unsupported",
  relevance: (passage, question) =>
    passage.some(({ text }) => overlap(question, text) >= 0.3) ? 2 : 0,
  useful: (passage, text) =>
    passage.some((line) => text.some((other) => overlap(line.text, other.text) >= 0.3)),
  meets(criterion, answer) {
    if (criterion.startsWith("(1-5)")) return "4";
    const [, stated] = /"(.+)"/.exec(criterion) ?? [];
    if (stated === undefined) return "yes";
    return answer.some(({ text }) => text.includes(stated)) ? "yes" : "no";
  },
};

/** The reply of an honest (or replaced) judge, as JSON text. */
export function answerPrompt(prompt: ParsedPrompt, override: Partial<Brain>): string {
  const brain = { ...HONEST, ...override };
  const wanted = new Set(prompt.wanted.split(/[\s;]+/));
  const frame = (name: string) => prompt.frames.get(name) ?? [];
  const claim = (text: string) => ({ text, on_topic: brain.onTopic(text, prompt.question) });
  const passages = frame("PASSAGES");
  const extras = {
    ...(wanted.has("abstains") ? { abstains: brain.abstains(frame("ANSWER")) } : {}),
    ...(wanted.has("questions")
      ? { questions: [prompt.question, `${prompt.question} 1`, `${prompt.question} 2`] }
      : {}),
    ...(wanted.has("entities") ? { entities: entitiesOf(frame("REFERENCE")) } : {}),
    ...(wanted.has("relevance") ? { relevance: rate(prompt, passages, brain) } : {}),
    ...(wanted.has("useful") ? { useful: rateUse(prompt, passages, brain) } : {}),
    ...(wanted.has("answerable") ? { answerable: passages.length > 0 ? "full" : "none" } : {}),
    ...(frame("CRITERIA").length > 0
      ? {
          criteria: frame("CRITERIA").map(({ id, text }) => ({
            id,
            value: brain.meets(text, frame("ANSWER")),
          })),
        }
      : {}),
  };
  switch (prompt.task) {
    case "split_answer":
      return JSON.stringify({
        sentences: frame("ANSWER")
          .filter(({ id }) => wanted.has(id))
          .map((line) => ({ id: line.id, claims: brain.claimsOf(line).map(claim) })),
        ...extras,
      });
    case "split_reference":
      return JSON.stringify({
        sentences: frame("REFERENCE")
          .filter(({ id }) => wanted.has(id))
          .map((line) => ({ id: line.id, claims: brain.claimsOf(line).map((text) => ({ text })) })),
        ...extras,
      });
    case "check_passages":
      return JSON.stringify({
        checks: frame("CLAIMS").map((line) => ({
          id: line.id,
          jointly: false,
          ...brain.check(line, passages),
        })),
        ...extras,
      });
    default:
      return JSON.stringify({
        checks: ["REFERENCE", "ANSWER"].flatMap((target) =>
          frame(`CLAIMS_FOR_${target}`).map((line) => ({
            id: line.id,
            verdict: brain.compare(line, frame(target)),
          })),
        ),
      });
  }
}

function byPassage(passages: Line[]): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of passages) {
    const passage = line.id.split(".")[0] ?? "";
    groups.set(passage, [...(groups.get(passage) ?? []), line]);
  }
  return groups;
}

/** Both flags always: what was not asked for must not matter. */
function rateUse(prompt: ParsedPrompt, passages: Line[], brain: Brain) {
  const frame = (name: string) => prompt.frames.get(name) ?? [];
  return [...byPassage(passages)].map(([passage, lines]) => ({
    passage: Number(passage),
    reference: brain.useful(lines, frame("REFERENCE")),
    answer: brain.useful(lines, frame("ANSWER")),
  }));
}

function rate(prompt: ParsedPrompt, passages: Line[], brain: Brain) {
  return [...byPassage(passages)].map(([passage, lines]) => ({
    passage: Number(passage),
    score: brain.relevance(lines, prompt.question),
  }));
}

function entitiesOf(lines: Line[]): string[] {
  return [...new Set(lines.flatMap(({ text }) => text.match(/\b[A-Z][a-z]+\b|\d+/g) ?? []))];
}
