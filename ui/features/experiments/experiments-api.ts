import { queryOptions } from "@tanstack/solid-query";
import type * as z from "zod";
import type { RunMatrix } from "../../../src/contract/comparison.ts";
import type {
  CreateSchedule,
  ExperimentWish,
  StartExperiment,
} from "../../../src/contract/experiment.ts";
import type { ChangeTarget, CreateTarget } from "../../../src/contract/target.ts";
import { pathOf, request, send } from "../../kit/api.ts";

const POLL_MS = 2000;

export function targetsQuery() {
  return queryOptions({
    queryKey: ["targets"],
    queryFn: async ({ signal }) => (await request("GET /api/targets", { signal })).targets,
  });
}

export function experimentsQuery(setId: string | null) {
  return queryOptions({
    queryKey: ["experiments", setId],
    queryFn: async ({ signal }) => {
      const query = { test_set_id: setId ?? "", limit: 20 };
      return (await request("GET /api/experiments", { query, signal })).experiments;
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === "running") ? POLL_MS * 2 : false,
  });
}

export function experimentQuery(id: string) {
  return queryOptions({
    queryKey: ["experiment", id],
    queryFn: ({ signal }) =>
      request("GET /api/experiments/:experiment_id", { params: { experiment_id: id }, signal }),
    // Its result is written a moment after its last run has ended.
    refetchInterval: ({ state }) =>
      state.data !== undefined && state.data.status === "ended" && state.data.result !== null
        ? false
        : POLL_MS,
  });
}

export function asksQuery(experimentId: string, jobId: string, isOpen: boolean) {
  return queryOptions({
    queryKey: ["asks", jobId],
    queryFn: async ({ signal }) => {
      const params = { experiment_id: experimentId, id: jobId };
      return (
        await request("GET /api/experiments/:experiment_id/runs/:id/asks", { params, signal })
      ).asks;
    },
    refetchInterval: isOpen ? POLL_MS * 2 : false,
  });
}

export function schedulesQuery() {
  return queryOptions({
    queryKey: ["schedules"],
    queryFn: async ({ signal }) => (await request("GET /api/schedules", { signal })).schedules,
  });
}

export type Wish = z.input<typeof ExperimentWish>;

export function estimateQuery(wish: Wish, hasItems: boolean) {
  return queryOptions({
    queryKey: ["estimate", wish],
    queryFn: ({ signal }) => request("POST /api/experiments/estimate", { body: wish, signal }),
    enabled: hasItems && wish.targets.length > 0,
    staleTime: 0,
  });
}

export function startExperiment(body: z.input<typeof StartExperiment>) {
  return request("POST /api/experiments", { body });
}

export function cancelExperiment(id: string) {
  return request("POST /api/experiments/:experiment_id/cancel", { params: { experiment_id: id } });
}

export function createTarget(body: z.input<typeof CreateTarget>) {
  return request("POST /api/targets", { body });
}

export function changeTarget(id: string, body: z.input<typeof ChangeTarget>) {
  return request("PATCH /api/targets/:target_id", { params: { target_id: id }, body });
}

export function deleteTarget(id: string) {
  return request("DELETE /api/targets/:target_id", { params: { target_id: id } });
}

export function askTarget({ id, question }: { id: string; question: string }) {
  return request("POST /api/targets/:target_id/ask", {
    params: { target_id: id },
    body: { question },
  });
}

export function createSchedule(body: z.input<typeof CreateSchedule>) {
  return request("POST /api/schedules", { body });
}

export function switchSchedule({ id, isOn }: { id: string; isOn: boolean }) {
  return request("PATCH /api/schedules/:schedule_id", {
    params: { schedule_id: id },
    body: { enabled: isOn },
  });
}

export function deleteSchedule(id: string) {
  return request("DELETE /api/schedules/:schedule_id", { params: { schedule_id: id } });
}

/** Several `other`, which only an address can say. */
export function matrixQuery(runIds: readonly string[], metric: string | null) {
  return queryOptions({
    queryKey: ["matrix", ...runIds, metric],
    queryFn: async ({ signal }): Promise<RunMatrix> => {
      const [base = "", ...others] = runIds;
      const path = pathOf("GET /api/runs/matrix", {}, { base, metric });
      const more = others.map((other) => `&other=${encodeURIComponent(other)}`).join("");
      return (await send(`${path}${more}`, { signal })).json();
    },
    enabled: runIds.length > 1,
  });
}
