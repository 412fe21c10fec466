/** Hands a text, or bytes, to the reader as a file. */
export function saveFile(name: string, content: BlobPart, type?: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // At once, some browsers have not begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
