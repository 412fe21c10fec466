import { raw, type Sql } from "sql-template-tag";
import { sql } from "./sql.ts";

export interface TagFilter {
  name: string;
  /** Null: any. */
  value: string | null;
}

/** A tag as `job_tags` names it: JSON, so that no name can be taken for the start of another's value. */
export function labelOf(name: string, value: string): string {
  return JSON.stringify([name, value]);
}

/**
 * SQL: the tags in `column` hold this one. They are the text JSON.stringify made, in which a member begins after `{` or `,`
 * and quotes within names and values are escaped; looking for its text reads no row, json_each would read one a tag.
 */
export function hasTag(column: string, { name, value }: TagFilter): Sql {
  const member = `${JSON.stringify(name)}:${value === null ? "" : JSON.stringify(value)}`;
  const tags = raw(column);
  return sql`(instr(${tags}, ${`{${member}`}) = 1 OR instr(${tags}, ${`,${member}`}) > 0)`;
}
