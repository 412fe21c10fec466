/** Words that carry grammar, not facts: agreement on them says nothing. Stems, as `tokenize` gives them. */
const STOP_TERMS: ReadonlySet<string> = new Set(
  (
    "a an the thi that these those it it' he she him her hi they them their we us our you your i me my mine be is am ar are wa were " +
    "been be do doe did done have ha had will would shall should can could mai might must of in on at by for with from to into onto " +
    "about as than then so and or but if while when which who whom whose what where why how there here also too veri just onli own " +
    "such some ani each everi all both more most other same over under again s t re ve ll d m not no nor its your onc dure through " +
    "don't doesn't didn't isn't aren't wasn't weren't can't cannot couldn't won't wouldn't i'm it' i've i'll i'd you're they're we're that' " +
    "的 了 是 在 和 与 及 或 也 都 就 而 但 有 为 被 把 对 从 到 由 于 之 其 这 那 他 她 它 我 你 您 们 个 吗 呢 吧 啊 以 并 等 很 将 还 又 " +
    "一个 他们 她们 它们 我们 你们 这个 那个 这些 那些 以及 因为 所以 但是 可以 已经 由于 对于 关于 什么 怎么 如何 是否 为了 并且 而且 或者 其中 就是 也是 还是 都是 不是"
  ).split(" "),
);

export function isStopTerm(term: string): boolean {
  return STOP_TERMS.has(term);
}
