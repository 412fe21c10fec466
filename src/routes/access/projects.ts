import { audit } from "../../access/audit.ts";
import { forgetProjects } from "../../access/recent-projects.ts";
import type { ChangeProject, Project } from "../../contract/access.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { traceSettings } from "../../jobs/traces/receive-spans.ts";
import type { AuditRecord } from "../../storage/audit.ts";
import {
  getProject,
  insertProject,
  listProjects,
  type ProjectRecord,
  updateProject,
} from "../../storage/projects.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

export const PROJECT_HANDLERS = {
  /** All of them, or the one the key belongs to. */
  async list_projects(http) {
    const { home } = http.get("jobs");
    const caller = http.get("caller");
    const projects = caller.isDeploymentAdmin
      ? await listProjects(home)
      : [await findProject(http, caller.project)];
    return { projects: projects.map(viewProject) };
  },

  async create_project(http, { body: wish }) {
    const context = http.get("jobs");
    const project: ProjectRecord = {
      id: wish.project,
      name: wish.name,
      createdAt: context.now(),
      redact: wish.redact,
      storeText: wish.store_text,
      samplesPerDay: wish.samples_per_day,
      judgeTokensPerDay: wish.judge_tokens_per_day,
      usdPerDay: wish.usd_per_day,
      usdPerMonth: wish.usd_per_month,
      criteria: wish.criteria,
      thresholds: wish.thresholds,
      traces: wish.traces,
    };
    if (!(await insertProject(context.home, project))) {
      throw new AppError(said("conflict.project_exists", { id: project.id }));
    }
    const actor = { ...http.get("caller"), project: project.id };
    await audit(context, actor, { action: "project.created", target: project.id });
    return viewProject(project);
  },

  /** Its admin sets names and privacy; quotas bind the admin too. */
  async change_project(http, { params: { project: id }, body: change }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    if (id !== caller.project && !caller.isDeploymentAdmin) throw projectNotFound(id);
    const { samples_per_day, judge_tokens_per_day, usd_per_day, usd_per_month } = change;
    const quotas = [samples_per_day, judge_tokens_per_day, usd_per_day, usd_per_month];
    const hasQuota = quotas.some((quota) => quota !== undefined);
    if (hasQuota && !caller.isDeploymentAdmin) {
      throw new AppError(said("forbidden.quotas"));
    }
    const known = await findProject(http, id);
    const project: ProjectRecord = {
      ...known,
      name: change.name ?? known.name,
      redact: change.redact ?? known.redact,
      storeText: change.store_text ?? known.storeText,
      samplesPerDay: valueOr(samples_per_day, known.samplesPerDay),
      judgeTokensPerDay: valueOr(judge_tokens_per_day, known.judgeTokensPerDay),
      usdPerDay: valueOr(usd_per_day, known.usdPerDay),
      usdPerMonth: valueOr(usd_per_month, known.usdPerMonth),
      criteria: change.criteria ?? known.criteria,
      thresholds: change.thresholds ?? known.thresholds,
      traces: change.traces ?? known.traces,
    };
    await updateProject(context.home, project);
    forgetProjects();
    await audit(
      context,
      { ...caller, project: id },
      { action: "project.changed", target: id, detail: detailOf(change) },
    );
    return viewProject(project);
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;

/** null is a value here: it lifts the limit. */
function valueOr(value: number | null | undefined, known: number | null): number | null {
  return value === undefined ? known : value;
}

/** Of criteria only the names: their texts are long. */
function detailOf({ criteria, ...change }: ChangeProject): AuditRecord["detail"] {
  const named = criteria ? { criteria: criteria.map(({ name }) => name) } : {};
  return Object.fromEntries(
    Object.entries({ ...change, ...named }).map(([name, value]) => [
      name,
      JSON.stringify(value) ?? null,
    ]),
  );
}

async function findProject(http: Http, id: string): Promise<ProjectRecord> {
  const project = await getProject(http.get("jobs").home, id);
  if (project) return project;
  throw projectNotFound(id);
}

function projectNotFound(id: string): AppError {
  return new AppError(said("not_found.project", { id: id.slice(0, 100) }));
}

function viewProject(project: ProjectRecord): Project {
  return {
    project: project.id,
    name: project.name,
    created_at: isoTime(project.createdAt),
    redact: project.redact,
    store_text: project.storeText,
    samples_per_day: project.samplesPerDay,
    judge_tokens_per_day: project.judgeTokensPerDay,
    usd_per_day: project.usdPerDay,
    usd_per_month: project.usdPerMonth,
    criteria: project.criteria,
    thresholds: project.thresholds,
    traces: traceSettings(project),
  };
}
