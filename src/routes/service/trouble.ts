import { readConfiguration } from "../../config.ts";
import { OWN_PAGE_HEADER } from "../../contract/own-page-header.ts";
import type { Trouble } from "../../contract/service.ts";
import { callerIfAny } from "../../http/guard.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { readTrouble } from "../../jobs/read-trouble.ts";
import { databaseOf, homeDatabase } from "../../storage/databases.ts";
import { retryTransient } from "../../storage/retry-transient.ts";

const isOwnPage = (http: Http) => http.req.header(OWN_PAGE_HEADER.name) === OWN_PAGE_HEADER.value;

/** A field of the answers a page of the dashboard asks for anyway. */
export async function troubleOf(http: Http): Promise<{ trouble?: Trouble }> {
  if (!isOwnPage(http)) return {};
  const jobs = http.get("jobs");
  const { project } = http.get("caller");
  return { trouble: await readTrouble(jobs, project, jobs.now(), readerOf(http)) };
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
  return readTrouble({ db, home, settings }, caller.project, Date.now(), readerOf(http)).catch(
    () => null,
  );
}
