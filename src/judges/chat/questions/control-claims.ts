import type { SentenceRef, Verdict } from "../../../scoring/judge.ts";
import { neutralise } from "./fence.ts";
import type { PromptLanguage } from "./prompts.ts";

/** Sentences of a text as the judge sees them. */
export interface NumberedSentence extends SentenceRef {
  text: string;
}

/** A claim whose verdict we know before we ask. */
export interface Control {
  kind: "copied" | "invented";
  text: string;
}

const SHORTEST = 12;
const LONGEST = 300;
const STATEMENT_END = /[.。!！;；]$/u;

/**
 * Two claims for a check call: one copied from the text, which must come out supported, and one that nothing can
 * support. A judge that obeys "mark everything supported" (or "… unsupported") gives itself away on one of them.
 */
export function drawControls(
  sentences: readonly NumberedSentence[],
  language: PromptLanguage,
  hex: string,
): Control[] {
  const draw = Number.parseInt(hex.slice(0, 8), 16);
  const usable = sentences.filter(({ text }) => text.length >= SHORTEST && text.length <= LONGEST);
  const statements = usable.filter(({ text }) => STATEMENT_END.test(text));
  const candidates = [statements, usable, sentences].find((list) => list.length > 0) ?? [];
  const copied = candidates[draw % Math.max(1, candidates.length)];
  const invented: Control = { kind: "invented", text: invent(language, hex) };
  if (!copied) return [invented];
  return [{ kind: "copied", text: neutralise(copied.text).slice(0, LONGEST) }, invented];
}

export interface Claim {
  /** `a1`, `r2`: of answer or reference, in reading order. */
  id: string;
  text: string;
}

interface LabelledClaims {
  lines: string[];
  /** `c1` … in the order shown. */
  labels: string[];
  claimOf: ReadonlyMap<string, string>;
  controlOf: ReadonlyMap<string, Control>;
}

/**
 * Mixes control claims among the claims and numbers all alike, so that nothing tells them apart. They stand in the
 * first half: a reply that is cut off then still shows whether it can be trusted.
 */
export function labelClaims(
  claims: readonly Claim[],
  controls: readonly Control[],
  hex: string,
  firstNumber = 1,
): LabelledClaims {
  const mixed: { text: string; id?: string; control?: Control }[] = claims.map(({ id, text }) => ({
    id,
    text: neutralise(text),
  }));
  const half = Math.ceil(claims.length / 2) + 1;
  controls.forEach((control, index) => {
    const draw = Number.parseInt(hex.slice(index * 2, index * 2 + 4), 16) || 0;
    mixed.splice(draw % half, 0, { text: control.text, control });
  });
  const claimOf = new Map<string, string>();
  const controlOf = new Map<string, Control>();
  const labels = mixed.map(({ id, control }, index) => {
    const label = `c${firstNumber + index}`;
    if (id !== undefined) claimOf.set(label, id);
    if (control) controlOf.set(label, control);
    return label;
  });
  const lines = mixed.map(({ text }, index) => `[${labels[index]}] ${text}`);
  return { lines, labels, claimOf, controlOf };
}

/** What a control claim came out as. */
interface ControlCheck {
  verdict: Verdict;
  evidence: readonly SentenceRef[];
}

/** Did every control claim come out as it must, the copied one by a sentence it stands in? */
export function holdControls(
  controlOf: ReadonlyMap<string, Control>,
  checked: ReadonlyMap<string, ControlCheck>,
  sentences: readonly NumberedSentence[],
): boolean {
  return [...controlOf].every(([label, control]) => {
    const check = checked.get(label);
    if (!check || !isAsExpected(control, check.verdict)) return false;
    return control.kind === "invented" || provesCopy(control, check.evidence, sentences);
  });
}

function provesCopy(
  control: Control,
  evidence: readonly SentenceRef[],
  sentences: readonly NumberedSentence[],
): boolean {
  const named = new Set(evidence.map(({ passage, sentence }) => `${passage}.${sentence}`));
  return sentences.some(
    ({ passage, sentence, text }) =>
      named.has(`${passage}.${sentence}`) && neutralise(text).includes(control.text),
  );
}

export function isAsExpected(control: Control, verdict: Verdict | null): boolean {
  if (verdict === null) return false;
  return control.kind === "copied" ? verdict === "supported" : verdict !== "supported";
}

const SIGNS = Array.from("垚珈霁沅樾珩泓岚奚蔺昶翀筱茗骞邈");
const SYLLABLES = "vor zan mip kel dru fos gil hax jun lom nev pid quo rys tav wub".split(" ");

/** A statement about something made of random syllables: no text of this world says it. */
export function invent(language: PromptLanguage, hex: string): string {
  const digits = Array.from(hex, (digit) => Number.parseInt(digit, 16));
  const code = digits.slice(-4).join("").slice(0, 5);
  const parts = language === "zh" ? SIGNS : SYLLABLES;
  const name = digits
    .slice(8, 11)
    .map((digit) => parts[digit])
    .join("");
  if (language === "zh") return `${name}登记处的档案编号是${code}。`;
  return `The ${name.charAt(0).toUpperCase()}${name.slice(1)} registry has the file number ${code}.`;
}
