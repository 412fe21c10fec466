import { queryOptions, useQuery, useQueryClient } from "@tanstack/solid-query";
import { createMemo, createSignal } from "solid-js";
import type { Opinion, Review, ReviewList, ReviewRequest } from "../../../src/contract/review.ts";
import { t } from "../../i18n/translate.ts";
import { ApiError, pathOf, request, shareTokenFor } from "../../kit/api.ts";
import { announce } from "../../kit/toasts.tsx";

/** What a person says; null takes the word back. */
export type Word = Pick<ReviewRequest, "opinion" | "verdict" | "note">;

/** People's word on the claims of one sample, and on the sample as a whole (`null`). */
export interface Reviews {
  /** Are they here? Not while loading, and never for who only has a link. */
  areOpen(): boolean;
  /** Whether it is known what was said, or that this reader is not told. */
  areKnown(): boolean;
  mine(claimId: string | null): Word | undefined;
  others(claimId: string | null): readonly Review[];
  say(claimId: string | null, word: Word): void;
  canUndo(): boolean;
  /** Takes the last word back and says of which claim it was. */
  undo(): string | null;
}

interface Pending {
  claimId: string | null;
  word: Word;
}

/** Shown at once, sent one after the other, and taken back here when the server did not take it. */
export function createReviews(runId: string, sampleId: string): Reviews {
  const client = useQueryClient();
  const options = reviewsQuery(runId, sampleId);
  // Who came by a share link may read the report, but not what people said.
  const enabled = shareTokenFor(pathOf("GET /api/runs/:run_id", { run_id: runId })) === null;
  const query = useQuery(() => ({ ...options, enabled }));
  const [pending, setPending] = createSignal<readonly Pending[]>([]);
  const [past, setPast] = createSignal<readonly Pending[]>([]);
  let sent: Promise<void> = Promise.resolve();
  let open = 0;

  const stored = createMemo(() => (query.isSuccess ? query.data.reviews : []));
  function mine(claimId: string | null): Word | undefined {
    const waiting = pending().findLast((item) => item.claimId === claimId);
    const word = waiting?.word ?? stored().find((item) => item.mine && item.claim_id === claimId);
    if (!word || word.opinion === null) return undefined;
    const { opinion, verdict, note } = word;
    return { opinion, verdict, note };
  }

  async function send(item: Pending): Promise<void> {
    try {
      const list = await putReview(runId, sampleId, { claim_id: item.claimId, ...item.word });
      client.setQueryData<ReviewList>(options.queryKey, list);
    } catch (error) {
      announce(whyNot(error));
    }
    setPending((items) => items.filter((other) => other !== item));
    open -= 1;
    // Agreement and corrected means stand in the report; once, when the reader rests.
    if (open === 0) client.invalidateQueries({ queryKey: ["report", runId] });
  }

  function put(claimId: string | null, word: Word): void {
    const item = { claimId, word };
    setPending((items) => [...items, item]);
    open += 1;
    sent = sent.then(() => send(item));
  }

  return {
    areOpen: () => query.isSuccess,
    areKnown: () => !enabled || query.isSuccess || query.failureCount > 0,
    mine,
    others: (claimId) => stored().filter((item) => !item.mine && item.claim_id === claimId),
    say(claimId, word) {
      const before = mine(claimId) ?? NO_WORD;
      setPast((items) => [...items, { claimId, word: before }]);
      put(claimId, word);
    },
    canUndo: () => past().length > 0,
    undo() {
      const last = past().at(-1);
      if (!last) return null;
      setPast((items) => items.slice(0, -1));
      put(last.claimId, last.word);
      announce(t().review.undone);
      return last.claimId;
    },
  };
}

function whyNot(error: unknown): string {
  const status = error instanceof ApiError ? error.status : null;
  if (status === 404) return t().review.gone;
  return status === 403 ? t().review.mayNot : t().review.failed;
}

const NO_WORD: Word = { opinion: null, verdict: null, note: null };

/** The same opinion a second time takes it back; a changed one keeps the note. */
export function toggle(reviews: Reviews, claimId: string | null, opinion: Opinion): void {
  const now = reviews.mine(claimId);
  if (now?.opinion === opinion) {
    reviews.say(claimId, NO_WORD);
    return;
  }
  reviews.say(claimId, { opinion, verdict: null, note: now?.note ?? null });
}

/** Two people, or a person and the reader, who were sure of opposite things. */
export function isDisputed(reviews: Reviews, claimId: string | null): boolean {
  const opinions = new Set(
    [...reviews.others(claimId), reviews.mine(claimId)].map((word) => word?.opinion),
  );
  return opinions.has("agree") && opinions.has("disagree");
}

/** The caller's word on a claim or sample; the answer holds everybody's. */
function putReview(runId: string, sampleId: string, body: ReviewRequest) {
  const params = { run_id: runId, sample_id: sampleId };
  return request("PUT /api/runs/:run_id/samples/:sample_id/reviews", { params, body });
}

function reviewsQuery(runId: string, sampleId: string) {
  const params = { run_id: runId, sample_id: sampleId };
  return queryOptions({
    queryKey: ["reviews", runId, sampleId],
    queryFn: ({ signal }) =>
      request("GET /api/runs/:run_id/samples/:sample_id/reviews", { params, signal }),
    refetchOnWindowFocus: "always",
  });
}
