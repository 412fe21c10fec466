import { queryOptions } from "@tanstack/solid-query";
import type * as z from "zod";
import type {
  ChangeTestItems,
  CreateTestSet,
  ImportedTestSet,
} from "../../../src/contract/test-set.ts";
import { pathOf, request, send } from "../../kit/api.ts";

export function testSetQuery(id: string) {
  return queryOptions({
    queryKey: ["test-set", id],
    queryFn: ({ signal }) =>
      request("GET /api/test-sets/:test_set_id", { params: { test_set_id: id }, signal }),
  });
}

export function testItemsQuery(id: string) {
  return {
    queryKey: ["test-items", id],
    queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: number }) =>
      request("GET /api/test-sets/:test_set_id/items", {
        params: { test_set_id: id },
        query: { from: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page: { next_from: number | null }) => page.next_from,
  };
}

export function createTestSet(body: z.input<typeof CreateTestSet>) {
  return request("POST /api/test-sets", { body });
}

export function deleteTestSet(id: string) {
  return request("DELETE /api/test-sets/:test_set_id", { params: { test_set_id: id } });
}

export function changeItems({ id, ...body }: z.input<typeof ChangeTestItems> & { id: string }) {
  return request("PATCH /api/test-sets/:test_set_id/items", { params: { test_set_id: id }, body });
}

/** A file as it is; the server recognises whose it is. */
export async function importFile({
  id,
  file,
}: {
  id: string;
  file: File;
}): Promise<ImportedTestSet> {
  const path = pathOf("POST /api/test-sets/:test_set_id/import", { test_set_id: id });
  const type = file.type || "application/octet-stream";
  return (
    await send(path, { method: "POST", body: file, headers: { "Content-Type": type } })
  ).json();
}

export function importAnnotations({ id, targetId }: { id: string; targetId: string }) {
  const params = { test_set_id: id };
  return request("POST /api/test-sets/:test_set_id/annotations", {
    params,
    body: { target_id: targetId },
  });
}

export function exportPath(id: string, format: "jsonl" | "csv"): string {
  return pathOf("GET /api/test-sets/:test_set_id/export", { test_set_id: id }, { format });
}
