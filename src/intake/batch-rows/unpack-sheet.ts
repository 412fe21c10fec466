import type { UnzipFileInfo } from "fflate";

/** What the workbook of an upload may unpack to: reading it takes this isolate for itself. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Entries of more bytes are unpacked in a web worker by the reader's library, and there are none here. */
const IGNORED = /\.(?:png|jpe?g|gif|emf|wmf|bin|vml)$/i;

/** The workbook holds more than can be read here. */
export class SheetTooLarge extends Error {}

/**
 * The same workbook, unpacked within bounds and put together again without compression: a small archive may hold
 * gigabytes, and what it says of its sizes is what is set aside for it.
 */
export async function unpackSheet(bytes: Uint8Array): Promise<ArrayBuffer> {
  const { unzipSync, zipSync } = await import("fflate");
  let size = 0;
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (IGNORED.test(name)) return false;
    size += originalSize;
    if (size > MOST_BYTES) throw new SheetTooLarge("The workbook is too large.");
    return true;
  };
  return new Uint8Array(zipSync(unzipSync(bytes, { filter }), { level: 0 })).buffer;
}
