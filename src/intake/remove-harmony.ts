/**
 * The channels of gpt-oss ("harmony"), where a server hands them on as text: `analysis` and `commentary` are the
 * model's, `final` is the answer.
 */
const HEADER =
  /(?:<\|start\|>\w{0,20})?<\|channel\|>(\w{1,20})[^<\n]{0,200}(?:<\|constrain\|>[^<\n]{0,50})?<\|message\|>/g;
const END = /<\|(?:end|return|call)\|>\s*$/;
/** The same with its special tokens dropped. */
const BARE_START = /^\s{0,20}analysis(?=[\p{Lu}\p{Lo}"'“])/u;
const BARE_FINAL = "assistantfinal";

export function removeHarmony(answer: string): { text: string; isCut: boolean } {
  if (BARE_START.test(answer)) {
    const final = answer.indexOf(BARE_FINAL);
    if (final >= 0) return { text: answer.slice(final + BARE_FINAL.length), isCut: false };
  }
  if (!answer.includes("<|channel|>")) return { text: answer, isCut: false };
  const headers = [...answer.matchAll(HEADER)].filter(({ index }) => answer[index - 1] !== "`");
  const [first] = headers;
  if (!first) return { text: answer, isCut: false };
  const parts = headers.map((header, at) => ({
    channel: header[1],
    text: answer.slice(header.index + header[0].length, headers[at + 1]?.index).replace(END, ""),
  }));
  const finals = parts.filter(({ channel }) => channel === "final");
  const before = answer.slice(0, first.index);
  return {
    text: before + finals.map(({ text }) => text).join("\n"),
    isCut: finals.length === 0,
  };
}
