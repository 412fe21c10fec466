const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element or a quoted attribute. Controls and marks that turn the direction of other text are taken out. */
export function escapeHtml(text: string): string {
  return text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? "");
}
