/**
 * Keeps judged texts data: every text stands between marks that carry a random number of this call, and nothing in a
 * text can look like a mark, like a sentence number of ours or like a control token of a chat template.
 */
export interface Fence {
  frame(name: string, lines: readonly string[]): string;
}

export function createFence(hex: string): Fence {
  return {
    frame(name, lines) {
      return `⟦${hex} ${name}⟧\n${lines.join("\n")}\n⟦/${hex}⟧`;
    },
  };
}

const LINE_BREAKS = /[\r\n\u0085\u2028\u2029]+/g;
/** `[2.3]`, `[s4]`, `[c1]`: how our own lines begin. A plain citation such as `[1]` stays. */
const LABEL = /\[(?=[srck]\d|\d+\.\d)/gi;

/** Half of a character: some endpoints refuse the whole request for it. */
export const LONE_SURROGATE = /\p{Surrogate}/gu;

/** One line of judged text. Meaning stays, forged structure goes. */
export function neutralise(text: string): string {
  return text
    .replace(LINE_BREAKS, " ")
    .replace(/⟦/g, "〔")
    .replace(/⟧/g, "〕")
    .replace(/<\|/g, "< |")
    .replace(LABEL, "(")
    .replace(LONE_SURROGATE, "\ufffd");
}

/** A text without numbered sentences: the question. */
export function neutralLines(text: string): string[] {
  return text.split(LINE_BREAKS).map(neutralise);
}
