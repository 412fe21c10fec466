/** What a file is by its first bytes, because names and content types lie. */
export type UploadKind = "text" | "xlsx" | "oldExcel" | "binary" | "empty";

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Excel before 2007. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
/** PDF, gzip, PNG, JPEG, RAR, 7z, Parquet. */
const BINARIES = [
  [0x25, 0x50, 0x44, 0x46],
  [0x1f, 0x8b],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x50, 0x41, 0x52, 0x31],
];
/** A page, or a table some programs write as HTML or XML and call .xls. */
const MARKUP = /^\s*<(?:!doctype|html|head|table|\?xml)/i;
/** Bytes that tell the kind. A zero byte further on is a slip inside a text, which its reader takes out. */
const TELLING_BYTES = 4096;

export function kindOfUpload(file: Uint8Array): UploadKind {
  const start = file.subarray(0, TELLING_BYTES);
  if (start.length === 0) return "empty";
  if (begins(start, ZIP)) return "xlsx";
  if (begins(start, OLE)) return "oldExcel";
  if (BINARIES.some((mark) => begins(start, mark))) return "binary";
  if (utf16Of(start) !== null) return "text";
  if (start.includes(0) || MARKUP.test(new TextDecoder().decode(start))) return "binary";
  return "text";
}

/** The charset a byte order mark of UTF-16 names. */
export function utf16Of(start: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (begins(start, [0xff, 0xfe])) return "utf-16le";
  return begins(start, [0xfe, 0xff]) ? "utf-16be" : null;
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}
