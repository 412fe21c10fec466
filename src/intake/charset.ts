import { type SaidWarning, said } from "../words/said.ts";
import { utf16Of } from "./upload-kind.ts";

/** Reads a file from its start, as often as it is asked. */
type Source = () => AsyncIterable<Uint8Array>;

function openDecoder(charset: string) {
  return new TextDecoder(charset, { fatal: true, ignoreBOM: false });
}

/** Tells of bytes as they pass by whether all of them are text of a charset. */
export class CharsetCheck {
  readonly charset: string;
  readonly #decoder: ReturnType<typeof openDecoder>;
  #fits = true;
  /** A byte beyond ASCII was seen, so the charset is more than a guess. */
  isTelling = false;

  constructor(charset: string) {
    this.charset = charset;
    this.#decoder = openDecoder(charset);
  }

  push(bytes: Uint8Array): void {
    if (!this.#fits) return;
    this.isTelling ||= bytes.some((byte) => byte >= 0x80);
    this.#decode(() => this.#decoder.decode(bytes, { stream: true }));
  }

  end(): boolean {
    if (this.#fits) this.#decode(() => this.#decoder.decode());
    return this.#fits;
  }

  #decode(decode: () => string): void {
    try {
      decode();
    } catch {
      this.#fits = false;
    }
  }
}

/**
 * The charset of a file whose bytes are no UTF-8: by its mark, as declared, or by what its bytes look like. Excel in
 * China writes CSV as GB18030 and says so nowhere. Null: no text at all.
 */
export async function findCharset(
  open: Source,
  start: Uint8Array,
  declared: string | null,
): Promise<string | null> {
  const marked = utf16Of(start);
  const candidates = marked ? [marked] : [declared ?? "utf-8", ...(await guessCharsets(open))];
  for (const charset of candidates) {
    const check = new CharsetCheck(charset);
    for await (const bytes of open()) check.push(bytes);
    if (check.end()) return charset;
  }
  return null;
}

/**
 * The likeliest first. Nearly every byte pair means something in GB18030, so decoding proves little; but Chinese text
 * stays among the common characters, which each charset has in places of its own, and the accents of Western text are
 * followed by letters.
 */
async function guessCharsets(open: Source): Promise<string[]> {
  const pairs = new BytePairs();
  for await (const bytes of open()) pairs.push(bytes);
  if (pairs.hasNul) return [];
  const { gb, big5 } = pairs.shares();
  if (big5 > gb && big5 >= COMMON) return ["big5", "gb18030", "windows-1252"];
  return gb >= SOME ? ["gb18030", "windows-1252"] : ["windows-1252"];
}

/** Share of common characters from which text is Big5, and from which it is GB18030 at all. */
const COMMON = 0.8;
const SOME = 0.2;

class BytePairs {
  hasNul = false;
  #lead = 0;
  #skip = 0;
  #pairs = 0;
  #gb = 0;
  #big5 = 0;

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === 0) this.hasNul = true;
      if (this.#skip > 0) this.#skip--;
      else if (this.#lead === 0) this.#lead = byte > 0x80 ? byte : 0;
      else this.#close(this.#lead, byte);
    }
  }

  shares(): { gb: number; big5: number } {
    const all = Math.max(1, this.#pairs);
    return { gb: this.#gb / all, big5: this.#big5 / all };
  }

  #close(lead: number, trail: number): void {
    this.#lead = 0;
    // Four bytes of GB18030.
    if (trail >= 0x30 && trail <= 0x39) this.#skip = 2;
    this.#pairs++;
    const isMark = lead >= 0xa1 && lead <= 0xa3;
    if (trail >= 0xa1 && (isMark || (lead >= 0xb0 && lead <= 0xf7))) this.#gb++;
    const isTrail = (trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1;
    if (isTrail && (isMark || (lead >= 0xa4 && lead <= 0xc6))) this.#big5++;
  }
}

/** What is to be said of an upload that was read in another charset than it came under; null: nothing. */
export function warnOfCharset(charset: string, declared: string | null): SaidWarning | null {
  if (charset === (declared ?? "utf-8")) return null;
  const name = charset.toUpperCase();
  if (declared === null) return said("charset_guessed.unnamed", { charset: name });
  return said("charset_guessed.named", { declared, charset: name });
}
