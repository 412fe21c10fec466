import * as z from "zod";
import type { Said } from "../../../words/said.ts";
import type { JsonSchema } from "./reply-parts.ts";

/** What is sent, once. */
interface Prompt {
  /** Names the reply's schema and the task for people reading logs of their provider. */
  task: string;
  system: string;
  user: string;
  schema: JsonSchema;
  /** An example of the reply, for endpoints without schemas. */
  shape: string;
  replyTokens: number;
}

/** Items of one reply are told apart by what they are, never by how their ids are written. */
export interface Tagged {
  kind: string;
}

export interface Reading<Item extends Tagged> {
  /** Did the control claims of this very call come out as they must? */
  controlsHeld: boolean;
  /** Valid answers by id; invalid, doubled and unknown ones are left out and asked again. */
  items: Map<string, Item>;
}

export interface Attempt<Item extends Tagged> {
  prompt: Prompt;
  read(reply: unknown): Reading<Item>;
}

/**
 * One question to the judge about many ids, each of which must be answered exactly once. Writing it again draws a
 * new fence and new control claims, so an attempt reads only the reply to itself.
 */
export interface Question<Item extends Tagged> {
  /** For notes: "checking claims against the passages". */
  title: Said;
  /** Everything the answer depends on, besides model and prompt version. */
  input: readonly unknown[];
  ids: readonly string[];
  /** Are there claims among what is asked whose verdicts we know? */
  hasControls: boolean;
  /** Checks a remembered answer as strictly as a fresh one. */
  item: z.ZodType<Item>;
  /** `isLast`: nothing will be asked again, so what looks odd is taken as it is. */
  attempt(pending: readonly string[], isLast: boolean): Attempt<Item>;
}

/** The shape of one kind of item. What was remembered is told by its fields and gets its tag when it is read. */
export function tagged<const Kind extends string, Shape extends z.ZodRawShape>(
  kind: Kind,
  shape: Shape,
) {
  return z.object(shape).transform((fields) => ({ kind, ...fields }));
}
