import { infiniteQueryOptions, queryOptions } from "@tanstack/solid-query";
import {
  getAlerts,
  getAudit,
  getJudges,
  getKeys,
  getProjects,
  getSession,
  type ProjectChoice,
} from "./settings-api.ts";

const FIRST_PAGE: string | null = null;

export function sessionQuery() {
  return queryOptions({
    queryKey: ["session"],
    queryFn: ({ signal }) => getSession(signal),
    refetchOnWindowFocus: "always",
  });
}

export function judgesQuery(project: ProjectChoice) {
  return queryOptions({
    queryKey: ["judges", project],
    queryFn: ({ signal }) => getJudges(project, signal),
  });
}

export function keysQuery(project: ProjectChoice) {
  return infiniteQueryOptions({
    queryKey: ["keys", project],
    queryFn: ({ pageParam, signal }) => getKeys(project, pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function projectsQuery() {
  return queryOptions({
    queryKey: ["projects"],
    queryFn: ({ signal }) => getProjects(signal),
  });
}

export function auditQuery(project: ProjectChoice) {
  return infiniteQueryOptions({
    queryKey: ["audit", project],
    queryFn: ({ pageParam, signal }) => getAudit(project, pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function alertsQuery(project: ProjectChoice) {
  return queryOptions({
    queryKey: ["alerts", project],
    queryFn: ({ signal }) => getAlerts(project, signal),
  });
}
