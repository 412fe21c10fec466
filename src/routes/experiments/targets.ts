import { actorOf, audit } from "../../access/audit.ts";
import { utcDay } from "../../access/quota.ts";
import { type Target, TargetKindName } from "../../contract/target.ts";
import { AppError } from "../../errors.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import {
  askByHand,
  checkAddress,
  discover,
  newTarget,
  sealKey,
} from "../../jobs/experiments/targets.ts";
import { tryWake } from "../../jobs/wake.ts";
import {
  changeTarget,
  deleteTarget,
  getTarget,
  insertTarget,
  listTargets,
  type TargetRecord,
} from "../../storage/targets.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { EXPERIMENT_ROUTES } from "./routes.ts";

const MOST_TARGETS = 50;

export const TARGET_HANDLERS = {
  async list_targets(http) {
    const targets = await listTargets(
      http.get("jobs").db,
      http.get("caller").project,
      MOST_TARGETS,
    );
    return { targets: targets.map((target) => viewTarget(http, target)) };
  },

  async create_target(http, { body }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const blank = newTarget(context, caller.project, actorOf(caller), body);
    const baseUrl = checkAddress(context, body.base_url);
    if ((await listTargets(context.db, caller.project, MOST_TARGETS)).length >= MOST_TARGETS) {
      throw new AppError(said("conflict.too_many", { limit: MOST_TARGETS }));
    }
    const apiKey = body.api_key === null ? null : await sealKey(context, blank, body.api_key);
    const { notes, ...facts } = await discover(context, { ...blank, baseUrl, apiKey });
    const target = { ...blank, baseUrl, apiKey, ...facts };
    await insertTarget(context.db, target);
    const detail = { kind: target.kind, name: target.name };
    await audit(context, caller, { action: "target.created", target: target.id, detail });
    return { ...viewTarget(http, target), notes: notes.map((note) => say(note, readerOf(http))) };
  },

  /** The key belongs to its origin: elsewhere it would be given away. */
  async change_target(http, { params, body }) {
    const context = http.get("jobs");
    const target = await findTarget(http, params.target_id);
    const { api_key: key, base_url: url, options, name, asks_per_day: asksPerDay } = body;
    const baseUrl = url === undefined ? target.baseUrl : checkAddress(context, url);
    const isElsewhere = new URL(baseUrl).origin !== new URL(target.baseUrl).origin;
    const kept = isElsewhere ? null : target.apiKey;
    const apiKey =
      key === undefined ? kept : key === null ? null : await sealKey(context, target, key);
    const changed = {
      ...{
        ...target,
        baseUrl,
        apiKey,
        name: name ?? target.name,
        options: options ?? target.options,
      },
      asksPerDay: asksPerDay === undefined ? target.asksPerDay : asksPerDay,
    };
    const isAskedAnew =
      url !== undefined || options !== undefined || (key !== undefined && key !== null);
    // Without its key there is nobody to ask yet.
    const { notes, ...facts } =
      isAskedAnew && !(isElsewhere && apiKey === null)
        ? await discover(context, changed)
        : { notes: [], mode: target.mode, inputs: target.inputs };
    const { name: newName, options: newOptions, asksPerDay: newBudget } = changed;
    await changeTarget(context.db, target, {
      ...{ baseUrl, apiKey, ...facts, name: newName, options: newOptions, asksPerDay: newBudget },
    });
    return {
      ...viewTarget(http, { ...changed, ...facts }),
      notes: notes.map((note) => say(note, readerOf(http))),
    };
  },

  async delete_target(http, { params: { target_id: id } }) {
    const context = http.get("jobs");
    const { project } = http.get("caller");
    // Whoever asks it next ends its runs.
    const message = { kind: "ask", project, id } as const;
    if (!(await deleteTarget(context.db, project, id))) {
      throw new AppError(said("not_found.target", { id: id.slice(0, 100) }));
    }
    await tryWake(context, [{ message }]);
  },

  async ask_target(http, { params, body }) {
    return askByHand(
      http.get("jobs"),
      await findTarget(http, params.target_id),
      body,
      readerOf(http),
    );
  },
} satisfies Partial<Handlers<typeof EXPERIMENT_ROUTES>>;

export async function findTarget(http: Http, id: string): Promise<TargetRecord> {
  const target = await getTarget(http.get("jobs").db, http.get("caller").project, id);
  if (target === null) throw new AppError(said("not_found.target", { id: id.slice(0, 100) }));
  return target;
}

function viewTarget(http: Http, target: TargetRecord): Target {
  const isToday = target.askedDay === utcDay(http.get("jobs").now());
  return {
    target_id: target.id,
    name: target.name,
    kind: TargetKindName.parse(target.kind),
    mode: target.mode,
    base_url: target.baseUrl,
    has_key: target.apiKey !== null,
    options: target.options,
    inputs: target.inputs,
    asks_per_day: target.asksPerDay,
    asked_today: isToday ? target.asked : 0,
    at_once: target.slots,
    trial: target.trial,
    created_at: isoTime(target.createdAt),
    created_by: target.createdBy,
  };
}
