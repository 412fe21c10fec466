import type { Caller } from "../../access/caller.ts";
import { readConfiguration } from "../../config.ts";
import { OWN_PAGE_HEADER } from "../../contract/own-page-header.ts";
import type { Trouble } from "../../contract/service.ts";
import { callerIfAny } from "../../http/guard.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import type { JobContext } from "../../jobs/context.ts";
import { findUnmeasured } from "../../jobs/measure-judge/run-measure.ts";
import { readTrouble } from "../../jobs/read-trouble.ts";
import { databaseOf, homeDatabase } from "../../storage/databases.ts";
import { retryTransient } from "../../storage/retry-transient.ts";
import type { Reader } from "../../words/speaker.ts";

const isOwnPage = (http: Http) => http.req.header(OWN_PAGE_HEADER.name) === OWN_PAGE_HEADER.value;

/** A field of the answers a page of the dashboard asks for anyway. */
export async function troubleOf(http: Http): Promise<{ trouble?: Trouble }> {
  if (!isOwnPage(http)) return {};
  const jobs = http.get("jobs");
  const caller = http.get("caller");
  return { trouble: await tell(jobs, caller, jobs.now(), readerOf(http)) };
}

/** The same where nobody has to be known; whoever is not let in is told nothing of a project. */
export async function troubleOfVisitor(http: Http): Promise<Trouble | null> {
  if (!isOwnPage(http)) return null;
  const caller = await callerIfAny(http);
  if (caller === null || caller.role === "share" || caller.role === "submit") return null;
  const configuration = readConfiguration(http.env);
  if (!configuration.ok) return null;
  const { settings } = configuration;
  const db = retryTransient(databaseOf(http.env, caller.project));
  const home = retryTransient(homeDatabase(http.env));
  return tell({ db, home, settings }, caller, Date.now(), readerOf(http)).catch(() => null);
}

/** Who may measure a judge is also told of the one that waits for it. */
async function tell(
  context: Pick<JobContext, "db" | "home" | "settings">,
  { project, role }: Pick<Caller, "project" | "role">,
  now: number,
  reader: Reader,
): Promise<Trouble> {
  const trouble = await readTrouble(context, project, now, reader);
  const model = role === "admin" ? await findUnmeasured(context) : null;
  return model === null ? trouble : { ...trouble, to_measure: model };
}
