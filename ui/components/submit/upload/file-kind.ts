import { UnreadableFile } from "./table.ts";

export type FileKind = "text" | "xlsx";

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Excel before 2007. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** By the bytes, because names lie. */
export function kindOf(start: Uint8Array): FileKind {
  if (start.length === 0) throw new UnreadableFile("empty");
  if (begins(start, ZIP)) return "xlsx";
  if (begins(start, OLE)) throw new UnreadableFile("oldExcel");
  const isUtf16 = UTF16_MARKS.some((mark) => begins(start, mark));
  if (!isUtf16 && start.includes(0)) throw new UnreadableFile("binary");
  return "text";
}

/** Charsets to try in turn; the first that fits every byte is taken. Excel in China writes CSV as GBK. */
export function charsetsFor(start: Uint8Array): readonly string[] {
  if (begins(start, [0xff, 0xfe])) return ["utf-16le"];
  if (begins(start, [0xfe, 0xff])) return ["utf-16be"];
  return ["utf-8", "gb18030", "windows-1252"];
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}
