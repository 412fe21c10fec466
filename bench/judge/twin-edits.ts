/**
 * The one change a twin is made by. Every list is written for the twins alone: nothing is taken from the judge, so that
 * the judge cannot be measured by what it knows. An edit gives both sentences, or null where it finds nothing to change.
 */
export type Lang = "en" | "zh";

interface Edited {
  honest: string;
  changed: string;
}

/** `pick` chooses among `n`, `others` are sentences of other passages in the same language. */
interface Draw {
  pick: (n: number) => number;
  others: readonly string[];
}

export type Edit = (sentence: string, draw: Draw) => Edited | null;

export const KINDS = [
  "number",
  "unit",
  "date",
  "negation",
  "opposite",
  "swap",
  "name",
  "binding",
  "quantifier",
  "hedge",
  "courtesy",
  "notation",
] as const;
export type Kind = (typeof KINDS)[number];

const PLAIN_NUMBER =
  /(?<![\d.,:/\-–a-zA-Z$])(?:[2-9]|[1-9]\d|[1-9]\d\d|[1-9]\d{0,2}(?:,\d{3})+)(?![\d.,:/\-–]*\d|[.,:]\d|[a-zA-Z年月日号世年:/-]| (?:January|February|March|April|May|June|July|August|September|October|November|December))/g;
const EN_MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** Replaces the match at `at` of `pattern`; null when there is none. */
function replaceOne(
  text: string,
  pattern: RegExp,
  pick: Draw["pick"],
  replace: (found: string) => string | null,
): string | null {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return null;
  const match = matches[pick(matches.length)];
  if (!match) return null;
  const other = replace(match[0]);
  if (other === null || other === match[0]) return null;
  return text.slice(0, match.index) + other + text.slice(match.index + match[0].length);
}

function changed(sentence: string, other: string | null): Edited | null {
  return other === null || other === sentence ? null : { honest: sentence, changed: other };
}

function otherNumber(found: string, pick: Draw["pick"]): string {
  const value = Number(found.replaceAll(",", ""));
  const other =
    value < 10 ? 2 + ((value + pick(6)) % 8) : Math.round(value * (1.3 + pick(9) / 5)) + 1;
  const next = other === value ? value + 1 : other;
  return found.includes(",") ? next.toLocaleString("en-US") : String(next);
}

const number: Edit = (sentence, { pick }) =>
  changed(
    sentence,
    replaceOne(sentence, PLAIN_NUMBER, pick, (found) => otherNumber(found, pick)),
  );

const UNITS: Readonly<Record<Lang, readonly (readonly string[])[]>> = {
  en: [
    ["minutes", "hours"],
    ["hours", "days"],
    ["days", "weeks"],
    ["weeks", "months"],
    ["months", "years"],
    ["years", "months"],
    ["miles", "metres"],
    ["km", "m"],
    ["kilometers", "meters"],
    ["kilometres", "metres"],
    ["meters", "kilometers"],
    ["metres", "kilometres"],
    ["feet", "miles"],
    ["kg", "g"],
    ["million", "billion"],
    ["billion", "million"],
    ["acres", "hectares"],
    ["percent", "percentage points"],
    ["dollars", "euros"],
    ["pounds", "dollars"],
  ],
  zh: [
    ["公里", "米"],
    ["千米", "米"],
    ["米", "公里"],
    ["小时", "分钟"],
    ["分钟", "小时"],
    ["万元", "亿元"],
    ["亿元", "万元"],
    ["美元", "欧元"],
    ["万人", "亿人"],
    ["个月", "年"],
    ["吨", "公斤"],
    ["公斤", "吨"],
    ["平方公里", "平方米"],
    ["公顷", "平方米"],
    ["天", "个月"],
    ["万", "亿"],
  ],
};

function unitOf(lang: Lang): Edit {
  return (sentence, { pick }) => {
    for (const [from = "", to = ""] of UNITS[lang]) {
      const pattern = new RegExp(
        `(?<=\\d ?)${from}${lang === "en" ? "\\b" : "(?![方亿万千])"}`,
        "g",
      );
      const other = replaceOne(sentence, pattern, pick, () => to);
      if (other !== null) return { honest: sentence, changed: other };
    }
    return null;
  };
}

const enDate: Edit = (sentence, { pick }) => {
  const month = new RegExp(
    `\\b(?:${EN_MONTHS.filter((name) => name !== "May").join("|")})\\b`,
    "g",
  );
  const byMonth = replaceOne(sentence, month, pick, (found) => {
    return EN_MONTHS[(EN_MONTHS.indexOf(found) + 2 + pick(8)) % 12] ?? null;
  });
  if (byMonth !== null && pick(2) === 0) return changed(sentence, byMonth);
  const byYear = replaceOne(
    sentence,
    /(?<=\b(?:in|since|of|,|until|by) )(?:1[5-9]|20)\d\d\b(?![-–])/g,
    pick,
    (found) => String(Number(found) - 2 - pick(25)),
  );
  return changed(sentence, byYear ?? byMonth);
};

const zhDate: Edit = (sentence, { pick }) => {
  const byMonth = replaceOne(sentence, /(?<!\d)\d{1,2}(?=月\d{0,2})/g, pick, (found) =>
    String(((Number(found) + 1 + pick(9)) % 12) + 1),
  );
  if (byMonth !== null && pick(2) === 0) return changed(sentence, byMonth);
  const byYear = replaceOne(sentence, /(?<!\d)(?:1[5-9]|20)\d\d(?=年(?!代))/g, pick, (found) =>
    String(Number(found) - 2 - pick(25)),
  );
  return changed(sentence, byYear ?? byMonth);
};

const enNegation: Edit = (sentence, { pick }) => {
  if (/\bnot\b|n't|\bno\b|\bnever\b|without/i.test(sentence)) return null;
  const other = replaceOne(
    sentence,
    /\b(?:is|are|was|were|can|will|could|should|has been|have been)\b/g,
    pick,
    (found) => (found.includes(" ") ? found.replace(" ", " not ") : `${found} not`),
  );
  return changed(sentence, other);
};

const zhNegation: Edit = (sentence, { pick }) => {
  if (/[不没未无非]/.test(sentence)) return null;
  const turned: Readonly<Record<string, string>> = {
    可以: "不可以",
    能够: "不能够",
    将会: "将不会",
    是: "不是",
    已经: "尚未",
    需要: "不需要",
    位于: "不位于",
    属于: "不属于",
    包括: "不包括",
    具有: "不具有",
    拥有: "没有",
  };
  const other = replaceOne(
    sentence,
    /可以|能够|将会|已经|需要|位于|属于|包括|具有|拥有|(?<![就还总但于只而都也若可算凡国])是(?![否非以])/g,
    pick,
    (found) => turned[found] ?? null,
  );
  return changed(sentence, other);
};

const OPPOSITES: Readonly<Record<Lang, readonly string[]>> = {
  en: (
    "increased/decreased increase/decrease rose/fell higher/lower highest/lowest largest/smallest before/after first/last " +
    "northern/southern north/south eastern/western east/west more_than/less_than at_least/at_most above/below won/lost " +
    "oldest/youngest early/late success/failure successful/unsuccessful included/excluded accepted/rejected allowed/forbidden " +
    "public/private positive/negative better/worse best/worst opened/closed male/female maximum/minimum longest/shortest " +
    "upper/lower majority/minority enabled/disabled started/ended beginning/end indoors/outdoors internal/external strong/weak"
  )
    .split(" ")
    .map((pair) => pair.replaceAll("_", " ")),
  zh: "增加/减少 增长/下降 上升/下降 提高/降低 高于/低于 最高/最低 最大/最小 以上/以下 之前/之后 以前/以后 东部/西部 南部/北部 东北/西南 高達/不足 支持/反对 成功/失败 允许/禁止 首次/末次 最早/最晚 扩大/缩小 开放/关闭 增强/减弱 流入/流出 买入/卖出 进口/出口 上涨/下跌 有利/不利 男性/女性 公立/私立 内部/外部 国内/国外 至少/至多 盈利/亏损 优于/劣于 上游/下游 前期/后期".split(
    " ",
  ),
};

function oppositeOf(lang: Lang): Edit {
  const turned = new Map<string, string>();
  for (const pair of OPPOSITES[lang]) {
    const [one = "", other = ""] = pair.split("/");
    turned.set(one, other);
    turned.set(other, one);
  }
  const words = [...turned.keys()].join("|");
  const pattern = new RegExp(lang === "en" ? `\\b(?:${words})\\b` : words, "g");
  return (sentence, { pick }) =>
    changed(
      sentence,
      replaceOne(sentence, pattern, pick, (found) => turned.get(found) ?? null),
    );
}

const EN_NAME =
  /(?<=(?:^| )[a-z]+,? )[A-Z][a-z]+(?: (?:of )?[A-Z][a-z]+){0,3}(?! [A-Z])(?=[ ,.]|$)/g;
const ZH_NAME =
  /[\u4e00-\u9fff]{2}(?:大学|公司|集团|银行|医院)|(?:北京|上海|广州|深圳|南京|武汉|杭州|天津|重庆|成都|西安|香港|台湾|台北|浙江|江苏|广东|四川|湖北|湖南|山东|河南|福建|云南|中国|美国|英国|法国|德国|日本|韩国|俄罗斯|印度|意大利|西班牙|澳大利亚|加拿大|巴西|臺灣|臺北|中國|美國|英國|法國|德國|韓國|日本|東京|倫敦|巴黎)(?![\u4e00-\u9fff]{0,1}(?:大学|公司))/g;

function namesOf(lang: Lang, sentence: string): { text: string; index: number }[] {
  return [...sentence.matchAll(lang === "en" ? EN_NAME : ZH_NAME)]
    .map((match) => ({ text: match[0], index: match.index }))
    .filter(({ text }) => !EN_MONTHS.includes(text));
}

/** Exchanges two names that stand on the two sides of a word that relates them. */
function swapOf(lang: Lang): Edit {
  const relation =
    lang === "en"
      ? /^.{0,3}\b(?:to|by|from|than|beat|defeated|bought|acquired|joined|succeeded|replaced|in|of|over|with|against)\b|\b(?:by|from|than|beat|defeated|bought|acquired|joined|succeeded|replaced|against|over)\b/
      : /向|由|被|从|对|比|在|至|到|给|與|是|为|位于|来自|击败|战胜|收购|访问|進/;
  return (sentence, { pick }) => {
    const names = namesOf(lang, sentence);
    const pairs = names.flatMap((one, i) =>
      names.slice(i + 1).flatMap((other) => {
        const between = sentence.slice(one.index + one.text.length, other.index);
        const isPair =
          one.text !== other.text &&
          between.length < 60 &&
          relation.test(between) &&
          !/^(?:[、,，]|and |和|与|及)/.test(between.trim());
        return isPair ? [{ one, other }] : [];
      }),
    );
    const pair = pairs[pick(Math.max(1, pairs.length))];
    if (!pair) return null;
    const { one, other } = pair;
    const between = sentence.slice(one.index + one.text.length, other.index);
    return changed(
      sentence,
      sentence.slice(0, one.index) +
        other.text +
        between +
        one.text +
        sentence.slice(other.index + other.text.length),
    );
  };
}

/** A name gives way to one from another passage that this sentence does not hold. */
function nameOf(lang: Lang): Edit {
  return (sentence, { pick, others }) => {
    const own = namesOf(lang, sentence);
    const target = own[pick(Math.max(1, own.length))];
    if (!target) return null;
    for (let i = 0; i < 40; i++) {
      const strange = namesOf(lang, others[pick(others.length)] ?? "");
      const name = strange[pick(Math.max(1, strange.length))]?.text;
      if (
        !name ||
        sentence.includes(name) ||
        name.split(" ").length !== target.text.split(" ").length
      )
        continue;
      if (
        lang === "zh" &&
        name.slice(-2) !== target.text.slice(-2) &&
        name.length !== target.text.length
      )
        continue;
      return changed(
        sentence,
        sentence.slice(0, target.index) + name + sentence.slice(target.index + target.text.length),
      );
    }
    return null;
  };
}

/** Two numbers of one sentence change places. */
function bindingOf(lang: Lang): Edit {
  const pattern =
    lang === "en"
      ? /(?<![\d.,$£€A-Za-z-])(?:\$|£|€)?\d[\d,]*(?:\.\d+)?%?(?![\d-]|st|nd|rd|th)/g
      : /(?<![\d.])\d[\d,]*(?:\.\d+)?(?:[万亿])?%?(?![\d.年月日号-])/g;
  return (sentence, { pick }) => {
    const found = [...sentence.matchAll(pattern)].map((match) => ({
      text: match[0].replace(/,$/, ""),
      index: match.index,
    }));
    const isYear = (text: string) => /^(?:1[5-9]|20)\d\d$/.test(text);
    const sign = (text: string) => text.replace(/[\d.,]+/, "#");
    const pairs = found.flatMap((one, i) =>
      found.slice(i + 1).flatMap((other) => {
        const isPair =
          one.text !== other.text &&
          isYear(one.text) === isYear(other.text) &&
          sign(one.text) === sign(other.text) &&
          other.index - one.index - one.text.length > (lang === "en" ? 8 : 3);
        return isPair ? [[one, other] as const] : [];
      }),
    );
    const [one, other] = pairs[pick(Math.max(1, pairs.length))] ?? [];
    if (!one || !other) return null;
    return changed(
      sentence,
      sentence.slice(0, one.index) +
        other.text +
        sentence.slice(one.index + one.text.length, other.index) +
        one.text +
        sentence.slice(other.index + other.text.length),
    );
  };
}

const QUANTIFIERS: Readonly<Record<Lang, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\bone of the (?=\w+est |most )/g, "the "],
    [/\b(?:some|many|several|most) of the\b/gi, "all of the"],
    [/\b(?:Some|Many|Several|Most)(?= [a-z]+s\b)/g, "All"],
    [/\b(?:some|many|several|most)(?= [a-z]+s\b)/g, "all"],
    [/\b(?:usually|often|sometimes|generally|mostly)\b/g, "always"],
    [/\b(?:all|every)\b(?= [a-z])/g, "some"],
    [/\bonly\b/g, "not only"],
  ],
  zh: [
    [/最[^，。、]{1,6}之一/g, ""],
    [/(?<![一大])部分|一些|许多|很多|大多数|(?<!大)多数|不少|若干/g, "所有"],
    [/通常|往往|有时|大多|常常|經常|经常/g, "总是"],
    [/所有|全部|一切|全体/g, "部分"],
    [/許多/g, "所有"],
  ],
};

function quantifierOf(lang: Lang): Edit {
  return (sentence, { pick }) => {
    for (const [pattern, word] of QUANTIFIERS[lang]) {
      const other = replaceOne(
        sentence,
        pattern,
        pick,
        (found) => word || found.replace("之一", ""),
      );
      if (other !== null) return { honest: sentence, changed: other };
    }
    return null;
  };
}

const HEDGES: Readonly<Record<Lang, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\b(?:may|might|could) be\b/g, "is"],
    [/\b(?:may|might|could) have\b/g, "has"],
    [/\b(?:may|might|could)(?= [a-z]+\b)/g, "will"],
    [/\b(?:is|are) (?:believed|thought|said|reported|expected|likely) to be\b/g, "is"],
    [/\b(?:probably|possibly|perhaps|allegedly|reportedly|likely) /g, ""],
    [/\b(?:approximately|about|around|nearly|almost|roughly) (?=\d)/g, "exactly "],
    [/\b(?:seems|appears) to be\b/g, "is"],
    [/\bplans to\b/g, "did"],
  ],
  zh: [
    [/可能(?:会|是)?|或许|也许|或将|有望/g, "必定"],
    [/据说|据称|疑似|大概|似乎|好像/g, "确实"],
    [/(?<=[\u4e00-\u9fff])(?:预计|打算|准备)(?=[于在将把对从到向])/g, "已经"],
    [/(?:大约|约|将近|(?<!附)近|大約|(?<!大)約)(?=\d)/g, "恰好"],
  ],
};

function hedgeOf(lang: Lang): Edit {
  return (sentence, { pick }) => {
    for (const [pattern, word] of HEDGES[lang]) {
      const other = replaceOne(sentence, pattern, pick, () => word);
      if (other !== null) return { honest: sentence, changed: other };
    }
    return null;
  };
}

const WRAPPERS: Readonly<Record<Lang, readonly (readonly [string, string])[]>> = {
  en: [
    ["Great question! ", " I hope this helps!"],
    ["Sure, here is what I found:\n\n", "\n\nLet me know if you need anything else."],
    ["Based on the provided context, here is the answer. ", " [1]"],
    ["Thank you for asking. ", " Feel free to reach out with more questions."],
    ["**Answer:** ", "\n\nSource: passage 1"],
  ],
  zh: [
    ["您好！", "希望对您有帮助！"],
    ["好的，以下是为您找到的信息：\n\n", "\n\n如有其他问题，请随时告诉我。"],
    ["根据您提供的资料，答案如下。", "[1]"],
    ["感谢您的提问。", "以上内容仅供参考。"],
    ["**回答：**", "\n\n来源：文档1"],
  ],
};

function courtesyOf(lang: Lang): Edit {
  return (sentence, draw) => {
    const edited = number(sentence, draw) ?? (lang === "en" ? enDate : zhDate)(sentence, draw);
    if (!edited) return null;
    const [before = "", after = ""] = WRAPPERS[lang][draw.pick(WRAPPERS[lang].length)] ?? [];
    return { honest: before + edited.honest + after, changed: before + edited.changed + after };
  };
}

const EN_NUMERALS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const ZH_DIGITS = [..."零一二三四五六七八九"];

function hanNumeral(value: number): string {
  if (value < 10) return ZH_DIGITS[value] ?? "";
  if (value < 20) return `十${value % 10 === 0 ? "" : ZH_DIGITS[value % 10]}`;
  if (value < 100) return `${ZH_DIGITS[Math.floor(value / 10)]}${hanNumeral(10 + (value % 10))}`;
  return `${ZH_DIGITS[Math.floor(value / 100)]}百${value % 100 === 0 ? "" : value % 100 < 10 ? `零${ZH_DIGITS[value % 10]}` : value % 100 < 20 ? `一${hanNumeral(value % 100)}` : hanNumeral(value % 100)}`;
}

/** The same value written otherwise; the changed side writes another value in that way. */
const enNotation: Edit = (sentence, { pick }) => {
  const date = new RegExp(`\\b(${EN_MONTHS.join("|")}) (\\d{1,2}), (\\d{4})\\b`).exec(sentence);
  if (date) {
    const [whole, month = "", day = "", year = ""] = date;
    const at = EN_MONTHS.indexOf(month);
    const write = (m: number) =>
      pick(2) === 0
        ? `${day} ${EN_MONTHS[m]} ${year}`
        : `${year}-${String(m + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
    return {
      honest: sentence.replace(whole, write(at)),
      changed: sentence.replace(whole, write((at + 3 + pick(6)) % 12)),
    };
  }
  const thousands = /(?<![\d.,$])(\d{1,3}),(\d{3})(?![\d,.]\d)/.exec(sentence);
  if (thousands) {
    const value = Number(`${thousands[1]}${thousands[2]}`);
    return {
      honest: sentence.replace(thousands[0], String(value)),
      changed: sentence.replace(thousands[0], String(value + 1000 * (1 + pick(7)))),
    };
  }
  const million = /(?<![\d.,])(\d{1,3}(?:\.\d)?) million\b/.exec(sentence);
  if (million) {
    const write = (value: number) => (value * 1e6).toLocaleString("en-US");
    return {
      honest: sentence.replace(million[0], write(Number(million[1]))),
      changed: sentence.replace(million[0], write(Number(million[1]) + 2 + pick(5))),
    };
  }
  const small = /(?<=[a-z] )([2-9]|1\d)(?= [a-z]{3,})/.exec(sentence);
  if (!small) return null;
  const write = (value: number) =>
    sentence.slice(0, small.index) +
    EN_NUMERALS[value] +
    sentence.slice(small.index + small[0].length);
  return {
    honest: write(Number(small[0])),
    changed: write(2 + ((Number(small[0]) + 1 + pick(6)) % 17)),
  };
};

const zhNotation: Edit = (sentence, { pick }) => {
  const date = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(sentence);
  if (date && pick(2) === 0) {
    const [whole, year, month = "", day = ""] = date;
    const write = (m: number) => `${year}-${String(m).padStart(2, "0")}-${day.padStart(2, "0")}`;
    return {
      honest: sentence.replace(whole, write(Number(month))),
      changed: sentence.replace(whole, write(((Number(month) + 2 + pick(7)) % 12) + 1)),
    };
  }
  const large = /(?<![\d.])(\d{1,4}(?:\.\d)?)万(?!亿)/.exec(sentence);
  if (large) {
    const write = (value: number) => String(Math.round(value * 1e4));
    return {
      honest: sentence.replace(large[0], write(Number(large[1]))),
      changed: sentence.replace(large[0], write(Number(large[1]) + 3 + pick(6))),
    };
  }
  const small = /(?<![\d.,第])([2-9]|[1-9]\d|[1-9]\d\d)(?=[人个名家座条件天次位种岁元米只])/.exec(
    sentence,
  );
  if (!small) return null;
  const write = (value: number) =>
    sentence.slice(0, small.index) +
    hanNumeral(value) +
    sentence.slice(small.index + small[0].length);
  return { honest: write(Number(small[0])), changed: write(Number(small[0]) + 1 + pick(7)) };
};

export const EDITS: Readonly<Record<Lang, Readonly<Record<Kind, Edit>>>> = {
  en: {
    number,
    unit: unitOf("en"),
    date: enDate,
    negation: enNegation,
    opposite: oppositeOf("en"),
    swap: swapOf("en"),
    name: nameOf("en"),
    binding: bindingOf("en"),
    quantifier: quantifierOf("en"),
    hedge: hedgeOf("en"),
    courtesy: courtesyOf("en"),
    notation: enNotation,
  },
  zh: {
    number,
    unit: unitOf("zh"),
    date: zhDate,
    negation: zhNegation,
    opposite: oppositeOf("zh"),
    swap: swapOf("zh"),
    name: nameOf("zh"),
    binding: bindingOf("zh"),
    quantifier: quantifierOf("zh"),
    hedge: hedgeOf("zh"),
    courtesy: courtesyOf("zh"),
    notation: zhNotation,
  },
};
