/** Which part of a list is looked at, as it stands in the address. Days are the reader's own. */
export interface ListScope {
  /** `name=value`, or a name alone. */
  tag: string;
  session: string;
  /** First and last day, YYYY-MM-DD; empty: no bound. */
  from: string;
  to: string;
}

export type ListSearch = { [name in keyof ListScope]: string };

export const WHOLE_LIST: ListScope = { tag: "", session: "", from: "", to: "" };

export function readScope(search: Partial<ListSearch>): ListScope {
  return {
    tag: search.tag?.trim() ?? "",
    session: search.session?.trim() ?? "",
    from: readDay(search.from),
    to: readDay(search.to),
  };
}

export function isScoped(scope: ListScope): boolean {
  return Object.values(scope).some((part) => part !== "");
}

/** What the server understands: moments instead of the reader's days, the end not included. */
export function scopeQuery({ tag, session, from, to }: ListScope): Record<string, string> {
  return {
    tag,
    session_id: session,
    from: from === "" ? "" : startOfDay(from, 0).toISOString(),
    to: to === "" ? "" : startOfDay(to, 1).toISOString(),
  };
}

/** The day so many days ago, in the reader's time zone. */
export function dayBefore(days: number, now = new Date()): string {
  return formatDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

function readDay(text: string | undefined): string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return "";
  const day = startOfDay(text, 0);
  return Number.isNaN(day.getTime()) || formatDay(day) !== text ? "" : text;
}

function startOfDay(day: string, later: number): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}

function formatDay(day: Date): string {
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, "0")).join("-");
}
