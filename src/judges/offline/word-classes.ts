import { once } from "./once.ts";

/**
 * Small words that change what a sentence says without changing what it is about. As written, in lower case;
 * the other languages of the judge by their commonest negations only. From grammars, not from any data set.
 */
export type WordClass =
  | "negation"
  | "hedge"
  | "all"
  | "some"
  | "most"
  | "only"
  | "exact"
  | "frequent"
  | "always"
  | "advised"
  | "must";

const TABLE: Readonly<Record<WordClass, string>> = {
  negation:
    "not no never none nobody nothing neither nor cannot nt hardly unable non rather instead without prohibit prohibits prohibited forbid forbids forbidden ban bans banned " +
    "nicht kein keine keinen nie pas jamais aucun aucune nao nunca не нет нельзя без لا لم ليس لن غير khong chua नहीं नहि mai",
  hedge:
    "may might could possibly perhaps probably maybe likely reportedly allegedly apparently seemingly potentially supposedly rumored rumoured alleged alleges considering considers suggest suggests suggested preliminary tentative tentatively " +
    "可能 或许 也许 大概 似乎 好像 预计 有望 据说 据称 据传 传言 传闻 疑似 初步 考虑 或将 打算 未必",
  exact:
    "exactly precisely definitely certainly undoubtedly demonstrably surely proven proved confirmed decided guaranteed 恰好 正好 刚好 确实 必定 一定 必然 肯定 证实 确定 已决",
  all: "all every each entire whole both 所有 全部 一切 全体 每个 任何 全都 均 全",
  some: "some several few partly partially certain part 部分 一些 若干 某些 少数 有些 有的 个别",
  most: "most many majority mostly much 大部 多数 大多 许多 很多 不少 众多",
  only: "only sole solely exclusively 仅 仅有 只有 唯一 只",
  frequent:
    "often usually sometimes generally typically frequently occasionally commonly normally rarely 通常 往往 有时 经常 常常 偶尔 一般 时常",
  advised:
    "recommended recommend recommends advised advise advises optional voluntary suggested encouraged 建议 推荐 可选 自愿 提倡 鼓励",
  must: "must mandatory compulsory required obliged obligatory 强制 必须 务必 务须",
  always: "always constantly invariably 总是 始终 一直 永远 从来",
};

const readClasses = once((): ReadonlyMap<string, WordClass> => {
  const classes = new Map<string, WordClass>();
  for (const [name, words] of Object.entries(TABLE)) {
    for (const word of words.split(" ")) {
      if (isWordClass(name)) classes.set(word, name);
    }
  }
  return classes;
});

function isWordClass(name: string): name is WordClass {
  return name in TABLE;
}

export function classOf(word: string): WordClass | undefined {
  return readClasses().get(word);
}

/** Negating characters, and two-character words that begin with one and do not negate. */
const HAN_NEGATION = new Set("不没未无非否勿莫禁");
const HARMLESS: ReadonlySet<string> = new Set(
  "不同 不断 不仅 不少 不过 不久 不但 不论 不管 不锈 未来 非常 非洲 无论 无数 无线 无人 无疑 没关 否则 不足 不到 不已 不只 不光 不如 不惜 未必 无比 无非 莫大 非凡 禁用".split(
    " ",
  ),
);

export function isNegatingCharacter(character: string, next: string): boolean {
  return HAN_NEGATION.has(character) && !HARMLESS.has(character + next);
}

/** Inside runs of scripts without blanks: Japanese, Korean, Thai negations. */
export const UNSPACED_NEGATION = /^(?:ない|なく|なか|せん|않|없|못|안 |ไม)/u;
