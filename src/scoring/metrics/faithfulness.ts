import { citedPassages } from "../citations.ts";
import type { MetricDefinitions } from "./definition.ts";
import { and, type Bounds, mean, not, share } from "./logic.ts";
import { blockedBy, type Scene, settle } from "./settle.ts";
import type { Cell, Table } from "./table.ts";

export const FAITHFULNESS_METRICS = {
  // Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); empty retrieval: 0.
  faithfulness: {
    title: { en: "Faithfulness", zh: "忠实度" },
    description: {
      en: "Share of the answer's claims that the retrieved passages support. Low: the answer says things the passages do not.",
      zh: "回答中的论断有多少能在检索到的段落中找到依据。偏低说明回答说了段落里没有的内容。",
    },
    formula: "mean over answer claims of [supported by the passages read together]",
    needs: ["question", "answer", "contexts"],
    reads: ["answerPassages"],
    source: "Ragas faithfulness",
    deviation: {
      en: "Without claims Ragas gives NaN; here the metric is not applicable (abstained or no_claims). Empty retrieval scores 0 without asking the judge. The offline judge counts a close call in part (compat: ragas counts verdicts); on paraphrased claims it is near chance and marks its outcome with low confidence.",
      zh: "没有论断时 Ragas 给出 NaN，这里记为“不适用”（拒答或无论断）。检索结果为空时直接记 0，不调用评判模型。离线评判把没有把握的论断按部分计入（compat: ragas 时按结论计数）；对改写很大的论断它接近随机，此时结果的置信度标为 low。",
    },
    isDefault: true,
    isCore: true,
    measure: (scene) => ofAnswer(scene, ({ answer }) => mean(answer.map((row) => row.support))),
  },
  // Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); empty retrieval: 0.
  contradiction_rate: {
    title: { en: "Contradiction rate", zh: "矛盾率" },
    description: {
      en: "Share of the answer's claims that the passages contradict, such as a changed number or a negated fact.",
      zh: "回答中与检索段落相矛盾的论断比例，例如改了数字或把事实说反。",
    },
    formula: "mean over answer claims of [contradicted by the passages]",
    direction: "lower",
    needs: ["question", "answer", "contexts"],
    reads: ["answerPassages"],
    source: "Touchstone",
    deviation: null,
    isCore: true,
    measure: (scene) =>
      ofAnswer(scene, ({ answer }) => share(answer.map((row) => row.contradicted))),
  },
  // Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); empty retrieval: 0.
  response_groundedness: {
    title: { en: "Response groundedness", zh: "回答有据程度" },
    description: {
      en: "1 when every claim of the answer is supported by the passages, 0.5 when some are, 0 when none is.",
      zh: "回答的全部论断都有段落依据记 1，部分有记 0.5，全都没有记 0。",
    },
    formula: "1 if all answer claims are supported, 0.5 if some, 0 if none",
    needs: ["question", "answer", "contexts"],
    reads: ["answerPassages"],
    source: "Ragas response_groundedness (nv_response_groundedness)",
    deviation: {
      en: "Ragas averages two ratings of the whole answer, so 0.25 and 0.75 occur there; here the level is read from the claims and needs no call of its own.",
      zh: "Ragas 取两次整体打分的平均，会出现 0.25 和 0.75；这里由论断判定直接得出，不另外调用模型。",
    },
    measure: (scene) => ofAnswer(scene, ({ answer }) => level(answer.map((row) => row.supported))),
  },
  // Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); no reference: not applicable.
  hallucination: {
    title: { en: "Hallucination", zh: "幻觉率" },
    description: {
      en: "Share of the answer's claims that neither the passages nor the reference answer support.",
      zh: "回答中既无段落依据、也不被参考答案支持的论断所占比例。",
    },
    formula: "mean over answer claims of [not supported by passages and not by reference]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "answerReference"],
    source: "RAGChecker hallucination, joint support counted",
    deviation: {
      en: "A claim that two passages support together counts as supported; rc_hallucination gives RAGChecker's value.",
      zh: "需要多个段落合起来才能支持的论断也算有依据；rc_hallucination 给出 RAGChecker 的原始值。",
    },
    isCore: true,
    measure: (scene) =>
      besidePassages(scene, (isSupported, isTrue) => and(not(isSupported), not(isTrue))),
  },
  // Empty cases: as hallucination.
  self_knowledge: {
    title: { en: "Self-knowledge", zh: "模型自有知识率" },
    description: {
      en: "Share of the answer's claims that are right but do not come from the passages: the model answered from memory.",
      zh: "回答中正确但并非来自检索段落的论断比例，即模型凭自身记忆作答的部分。",
    },
    formula: "mean over answer claims of [not supported by passages and supported by reference]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "answerReference"],
    source: "RAGChecker self_knowledge, joint support counted",
    deviation: {
      en: "A claim that two passages support together counts as supported; rc_self_knowledge gives RAGChecker's value.",
      zh: "需要多个段落合起来才能支持的论断也算有依据；rc_self_knowledge 给出 RAGChecker 的原始值。",
    },
    measure: (scene) =>
      besidePassages(scene, (isSupported, isTrue) => and(not(isSupported), isTrue)),
  },
  // Empty cases: an answer without citations or without claims: not applicable (`no_claims`, `abstained`).
  citation_accuracy: {
    title: { en: "Citation accuracy", zh: "引用准确率" },
    description: {
      en: "Share of the citations such as [1] or 【2】 whose passage really holds evidence of the claim they stand with.",
      zh: "回答中 [1]、【2】 这类引用标记有多少确实指向了支持该论断的段落。",
    },
    formula: "mean over (claim, cited passage) of [the passage holds evidence of the claim]",
    needs: ["question", "answer", "contexts"],
    reads: ["answerPassages"],
    source: "Touchstone",
    deviation: null,
    isCore: true,
    measure: (scene) => {
      const blocked = blockedBy(scene, ["passages", "answerClaims"]);
      if (blocked) return blocked;
      const { answer } = scene.evidence;
      const cited = scene.table.answer.flatMap((row) => {
        const sentence = answer.sentences[row.claim.sentence];
        const text = sentence ? answer.text.slice(sentence.start, sentence.end) : "";
        const numbers = citedPassages(text);
        return numbers.length > 0 ? [{ row, numbers }] : [];
      });
      if (cited.length === 0) {
        return {
          status: "not_applicable",
          value: null,
          reason: "no_claims",
          method: scene.evidence.method,
        };
      }
      const numbersOf = new Map(cited.map(({ row, numbers }) => [row.claim.id, numbers]));
      const table = { ...scene.table, answer: cited.map(({ row }) => row), reference: [] };
      return settle({ ...scene, table }, ["answerPassages"], ({ answer: rows }) =>
        share(
          rows.flatMap((row) => {
            const numbers = numbersOf.get(row.claim.id);
            // Of a claim behind the bound nobody knows whether it cites; it may, once.
            return numbers?.map((number) => citedCell(row.helpedBy, number)) ?? [null];
          }),
        ),
      );
    },
  },
} satisfies MetricDefinitions;

function citedCell(helpedBy: readonly Cell[], number: number): Cell {
  const cell = helpedBy[number - 1];
  return cell === undefined ? false : cell;
}

function ofAnswer(scene: Scene, formula: (table: Table) => Bounds) {
  const blocked = blockedBy(scene, ["passages", "answerClaims"]);
  return blocked ?? settle(scene, ["answerPassages"], formula);
}

function besidePassages(scene: Scene, test: (isSupported: Cell, isTrue: Cell) => Cell) {
  const blocked = blockedBy(scene, ["passages", "reference", "answerClaims"]);
  if (blocked) return blocked;
  return settle(scene, ["answerPassages", "answerOther"], ({ answer }) =>
    share(answer.map((row) => test(row.supported, row.byOther))),
  );
}

/** 1 all, 0.5 some, 0 none. */
export function level(cells: readonly Cell[]): Bounds {
  const { low, high } = share(cells);
  return { low: levelOf(low), high: levelOf(high) };
}

function levelOf(part: number): number {
  if (part === 0 || part === 1) return part;
  return 0.5;
}
