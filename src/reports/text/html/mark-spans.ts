import { escapeHtml } from "./escape-html.ts";

export interface MarkedSpan {
  start: number;
  end: number;
  className: "supported" | "contradicted" | "unsupported" | "proof";
  /** Said after the span, for readers who do not see the colour. */
  note: string | null;
}

/** The text with its spans in `<mark>`. Of overlapping spans the earlier one keeps what both cover; what lies behind the end is left out. */
export function markSpans(text: string, spans: readonly MarkedSpan[]): string {
  const ordered = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  let html = "";
  let at = 0;
  for (const { start, end, className, note } of ordered) {
    const from = Math.max(at, start);
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    const label = note === null ? "" : ` <small>${escapeHtml(note)}</small>`;
    html += `${escapeHtml(text.slice(at, from))}<mark class="${className}">${escapeHtml(text.slice(from, to))}</mark>${label}`;
    at = to;
  }
  return html + escapeHtml(text.slice(at));
}
