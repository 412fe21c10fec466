import { stripFrame } from "./frames.ts";
import { readRespectively } from "./respectively.ts";
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
  const told = readRespectively(statement)?.join("; ") ?? statement;
  return { text, statement, tokens: tokenize(told) };
}
