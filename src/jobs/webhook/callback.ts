import { type BotKind, recogniseBot } from "../../channels/kinds.ts";
import type { Language } from "../../contract/outcome.ts";
import { AppError, type SaidProblem } from "../../errors.ts";
import { openDestination } from "../../net/destination.ts";
import { type Said, type SaidWarning, said } from "../../words/said.ts";
import { channelOfCallback } from "../channels/register.ts";
import type { JobContext } from "../context.ts";
import { webhookReach } from "./post.ts";

/** Where the end of a job, or an alert, is told: an address, or the channel of a bot by its id. */
export interface Callback {
  url: string | null;
  warnings: SaidWarning[];
}

type CallbackField = "callback_url" | "webhook_url";

/** Whose callback it is. */
interface CallbackOwner {
  /** What the request calls it. */
  field: CallbackField;
  project: string;
  language: Language;
  origin: string | null;
  createdBy: string;
}

/**
 * An address, checked; with a warning and none when this server cannot sign. The address of a group bot becomes a channel,
 * so that the bot gets messages it can read, as many as it takes.
 * @throws AppError for an address nobody may be sent to
 */
export async function chooseCallback(
  context: JobContext,
  { field, ...owner }: CallbackOwner,
  url: string | null,
): Promise<Callback> {
  const bot = checkCallback(context, url, field);
  if (url === null) return { url, warnings: [] };
  if (bot !== null) {
    return { url: await channelOfCallback(context, { ...owner, url }), warnings: [] };
  }
  if (context.settings.webhookSecret !== null) return { url, warnings: [] };
  return { url: null, warnings: [said("webhook_not_configured")] };
}

/** The kind of bot behind an address; null: none. @throws AppError as above */
export function checkCallback(
  { settings }: Pick<JobContext, "settings">,
  url: string | null,
  field: CallbackField,
): BotKind | null {
  if (url === null) return null;
  const refuse = (problem: SaidProblem, detail: Said) =>
    new AppError(problem, { errors: [{ pointer: `#/${field}`, detail }] });
  const receiver = openDestination(url, webhookReach(settings));
  if ("code" in receiver) {
    throw refuse(said("invalid_request.callback", { field, problem: receiver }), receiver);
  }
  const bot = recogniseBot(url);
  if (typeof bot !== "object" || bot === null) return bot;
  throw refuse(said("invalid_request.callback_bot", { field, problem: bot }), bot);
}
