/** Bytes of a text in a charset for which the platform has a decoder only; no such character: an exception. */
export function encodeText(text: string, charset: string): Uint8Array<ArrayBuffer> {
  if (charset === "utf-8") return new Uint8Array(new TextEncoder().encode(text));
  if (charset.startsWith("utf-16")) return encodeUtf16(text, charset === "utf-16be");
  const table = tableOf(charset);
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const known = code < 0x80 ? [code] : table.get(character);
    if (!known) throw new Error(`no ${character} in ${charset}`);
    return known;
  });
  return new Uint8Array(bytes);
}

function encodeUtf16(text: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
  const marked = `\uFEFF${text}`;
  const view = new DataView(new ArrayBuffer(marked.length * 2));
  for (let at = 0; at < marked.length; at++) {
    view.setUint16(at * 2, marked.charCodeAt(at), !isBigEndian);
  }
  return new Uint8Array(view.buffer);
}

const tables = new Map<string, Map<string, number[]>>();

/** Every one- and two-byte character, found by decoding all there are. */
function tableOf(charset: string): Map<string, number[]> {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, number[]>();
  const add = (bytes: number[]) => {
    const text = decoder.decode(new Uint8Array(bytes));
    if ([...text].length === 1 && text !== "\uFFFD" && !table.has(text)) table.set(text, bytes);
  };
  for (let lead = 0x80; lead <= 0xff; lead++) {
    add([lead]);
    for (let trail = 0x40; trail <= 0xfe; trail++) add([lead, trail]);
  }
  tables.set(charset, table);
  return table;
}
