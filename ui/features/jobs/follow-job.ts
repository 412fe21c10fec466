import { useQueryClient } from "@tanstack/solid-query";
import { createEffect, createSignal, onCleanup } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { LIVE_BEAT, LIVE_CLOSE, type LiveEvent } from "../../../src/contract/live.ts";
import { pathOf } from "../../kit/api.ts";
import { forgetBookmark } from "../../kit/bookmark.ts";
import { jobKey } from "./job-query.ts";

/** A line that does not answer until the next beat is taken for broken: a machine that slept hears of it late. */
const BEAT_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** Closed for good: there is nothing more to hear, or not for us. */
const ENDS: readonly number[] = Object.values(LIVE_CLOSE);

/**
 * Follows a job by its socket while `isActive`, and comes back after a broken line. True while the line holds: whoever
 * polls may rest then, and only then.
 */
export function followJob(id: () => string, isActive: () => boolean): () => boolean {
  const client = useQueryClient();
  const [isOpen, setOpen] = createSignal(false);

  function take(key: readonly unknown[], { job }: LiveEvent): void {
    // What happened was written by others: a report that is opened now must be there.
    forgetBookmark();
    // An event shows a preview of the question, the page the whole of it. And the socket cannot be told which language
    // is read here, so sentences are asked for.
    client.setQueryData<Job>(key, (known) => ({
      ...job,
      question: known?.question ?? job.question,
      error: job.error && (known?.error ?? null),
      warnings: job.warnings.length > 0 ? (known?.warnings ?? []) : [],
    }));
    if (job.error !== null || job.warnings.length > 0) client.invalidateQueries({ queryKey: key });
  }

  createEffect(() => {
    if (!isActive()) return;
    const jobId = id();
    let lastId: string | null = null;
    let pauseMs = FIRST_PAUSE_MS;
    let hangUp = connect();
    onCleanup(() => hangUp());

    function connect(): () => void {
      const path = pathOf("GET /api/score/jobs/:id/live", { id: jobId }, { after: lastId });
      const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
      let isAnswered = true;
      const beat = setInterval(() => {
        if (!isAnswered) return lose();
        if (socket.readyState !== WebSocket.OPEN) return;
        isAnswered = false;
        socket.send(LIVE_BEAT.ask);
      }, BEAT_MS);
      socket.onopen = () => {
        pauseMs = FIRST_PAUSE_MS;
        setOpen(true);
      };
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        isAnswered = true;
        if (data === LIVE_BEAT.answer) return;
        const message = JSON.parse(data) as LiveEvent;
        lastId = message.id;
        take(jobKey(jobId), message);
      };
      socket.onclose = ({ code }) => {
        if (ENDS.includes(code)) return leave();
        lose();
      };

      function leave(): void {
        clearInterval(beat);
        // A broken line closes late, and nobody waits for it.
        socket.onclose = null;
        socket.onmessage = null;
        socket.close();
        setOpen(false);
      }
      function lose(): void {
        leave();
        const again = setTimeout(() => {
          hangUp = connect();
        }, pauseMs);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        hangUp = () => clearTimeout(again);
      }
      return leave;
    }
  });
  return isOpen;
}
