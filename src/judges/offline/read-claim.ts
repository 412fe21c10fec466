import { stripFrame } from "./frames.ts";
import { type Token, tokenize } from "./tokens.ts";

/** A claim read once, to be held against passages and reference. */
export interface ReadClaim {
  text: string;
  /** Without the speaker's frame around it. */
  statement: string;
  /** Of the statement. */
  tokens: readonly Token[];
}

export function readClaim(text: string): ReadClaim {
  const statement = stripFrame(text);
  return { text, statement, tokens: tokenize(statement) };
}
