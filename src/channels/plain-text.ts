/** Line breaks, control characters, what turns the direction of text, and what nobody sees. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu;
/** Half a character, which no JSON in UTF-8 can carry. */
const HALVES = /\p{Cs}/gu;
/** A dot that a reader of messages could take for one of a host name: `evil.example`. Numbers keep theirs. */
const HOST_DOT = /(?<=[\p{L}\p{N}_-])[.．](?=[a-z\u00a1-\u{10ffff}][\p{L}\p{N}-]+)/giu;
/** Schemes that open something without two slashes. */
const SCHEMES =
  /\b(mailto|tel|sms|javascript|data|dingtalk|lark|feishu|slack|msteams|wxwork|weixin):/gi;

/**
 * A text of others as one line that nobody's client makes a link or a mention of, whatever it holds. Not cut: see
 * `cutCharacters`.
 */
export function plainText(text: string): string {
  return text
    .replace(HALVES, "\ufffd")
    .replace(UNSEEN, " ")
    .trim()
    .replace(/(\p{M}{3})\p{M}+/gu, "$1")
    .replaceAll("://", "：∕∕")
    .replace(SCHEMES, "$1：")
    .replace(HOST_DOT, "·")
    .replaceAll("@", "＠")
    .replaceAll("<", "＜")
    .replaceAll("](", "] (");
}

/** Wide twins of the characters that mean something in Markdown or HTML; no escape is read alike by all of these bots. */
const WIDE: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from("<>[]()*`#~|!\\&{}", (character) => [
    character,
    String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
  ]),
);

/** A plain text for bots that read Markdown. */
export function withoutMarkdown(text: string): string {
  return (
    text
      .replace(/[<>[\]()*`#~|!\\&{}]/g, (character) => WIDE[character] ?? character)
      // Between letters an underscore is a letter: answer_relevancy.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "＿")
      // What begins a list, a quote or a rule.
      .replace(/^(\s*)([-+=]+|\d+[.)])(?=\s|$)/, "$1\u2024$2")
  );
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** At most so many characters as people count them, so that none is halved, and at most twice as many code units. */
export function cutCharacters(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  let count = 0;
  for (const { index, segment } of SEGMENTER.segment(text.slice(0, most * 2 + 64))) {
    const next = index + segment.length;
    if (next === text.length && count < most && next <= most * 2) return text;
    if (++count >= most || next >= most * 2) break;
    end = next;
  }
  // Somebody may write one character that never ends.
  const kept = end > 0 ? text.slice(0, end) : text.slice(0, most - 1);
  return `${kept.replace(HALVES, "")}…`;
}

const ENCODER = new TextEncoder();

/** The lines that fit together, in their order; from the first that does not, all are left out. */
export function joinWithin(lines: readonly string[], separator: string, mostBytes: number): string {
  const bytes = (text: string) => ENCODER.encode(text).byteLength;
  let text = "";
  for (const line of lines) {
    const next = text === "" ? line : `${text}${separator}${line}`;
    if (bytes(next) > mostBytes) break;
    text = next;
  }
  return text;
}
