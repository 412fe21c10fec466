/**
 * What a number can be measured in: a table of our own, because no library knows Chinese units and months at a size a
 * Worker can carry. A row is `dimension: factor names`, the factor to the dimension's base. Currencies are dimensions of
 * their own: they are named, never converted. Temperatures are converted by formula in `toBase`.
 */
const TABLE = `
m: 1 m metre meter 米 公尺
m: 1000 km kilometre kilometer 公里 千米
m: 0.01 cm centimetre centimeter 厘米 公分
m: 0.001 mm millimetre millimeter 毫米
m: 0.000001 μm micrometre micrometer micron 微米
m: 0.000000001 nm nanometre nanometer 纳米
m: 1609.344 mile mi 英里
m: 0.3048 ft foot feet 英尺
m: 0.0254 inch inches 英寸
m: 0.9144 yard yd 码
m: 1852 海里
m2: 1 m2 sqm squaremetre squaremeter 平方米 平米
m2: 1000000 km2 sqkm squarekilometre squarekilometer 平方公里 平方千米
m2: 2589988 squaremile sqmi 平方英里
m2: 0.092903 sqft squarefoot squarefeet 平方英尺
m2: 10000 ha hectare 公顷
m2: 4046.86 acre 英亩
m2: 666.667 亩
l: 1 l litre liter 升 公升
l: 0.001 ml millilitre milliliter 毫升
l: 1000 m3 cubicmetre cubicmeter 立方米
l: 3.785412 gallon 加仑
g: 1 g gram gramme 克 公克
g: 1000 kg kilogram kilogramme kilo 公斤 千克
g: 500 斤
g: 0.001 mg milligram 毫克
g: 0.000001 μg microgram 微克
g: 1000000 t ton tonne 吨 公吨
g: 453.592 lb lbs pound 磅
g: 28.3495 oz ounce 盎司
s: 1 second sec 秒 秒钟
s: 0.001 ms millisecond 毫秒
s: 60 minute min 分钟
s: 3600 hour hr h 小时 个小时 钟头
s: 86400 day 天
s: 604800 week 周 个星期 星期 礼拜
mo: 1 month 个月
mo: 3 quarteryear 个季度
mo: 12 year yr 周年
mo: 120 decade
mo: 1200 century centuries
C: 1 c °c celsius 度 °摄氏 摄氏度 ℃
F: 1 f °f fahrenheit 华氏度 ℉
K: 1 kelvin
B: 1 byte 字节
B: 1000 kb kilobyte
B: 1000000 mb megabyte 兆 兆字节
B: 1000000000 gb gigabyte
B: 1000000000000 tb terabyte
W: 1 w watt 瓦
W: 1000 kw kilowatt 千瓦
W: 1000000 mw megawatt 兆瓦
Wh: 1000 kwh 千瓦时 度电
V: 1 v volt 伏
Hz: 1 hz
Hz: 1000000 mhz
Hz: 1000000000 ghz
kmh: 1 kmh kph
kmh: 1.609344 mph
%: 1 % percent pct ％
%: 10 成
pp: 1 percentagepoint 个百分点
x: 1 x times fold 倍
zhe: 1 折
USD: 1 $ usd us$ dollar usdollar buck 美元 美金
CNY: 1 rmb cny ¥ yuan renminbi 元 块钱 元人民币 人民币
CNY: 0.1 毛 毛钱 角钱
USD: 0.01 cent
EUR: 1 € eur euro 欧元
GBP: 1 £ gbp 英镑
GBP: 0.01 pence
JPY: 1 jpy yen 日元 円
HKD: 1 hkd hk$ 港元 港币
KRW: 1 krw 韩元 원
INR: 1 inr ₹ rupee 卢比
RUB: 1 rub rouble ruble 卢布
TWD: 1 twd nt$ 新台币 台币
CAD: 1 cad
AUD: 1 aud
THB: 1 thb baht บาท
CHF: 1 chf
`;

export interface Unit {
  dimension: string;
  factor: number;
}

/** Names of more than one word, as they are written → the name in the table. */
const COMPOUNDS: readonly (readonly [RegExp, string])[] = [
  [
    /[ -]?(?:square|sq\.?) (kilomet(?:re|er)|met(?:re|er)|mile|foot|feet|km|mi|ft|m)s?(?![\p{L}])/iuy,
    "square",
  ],
  [/[ -]?cubic (met(?:re|er))s?(?![\p{L}])/iuy, "cubic"],
  [/ ?(?:percentage|per cent|percent) points?(?![\p{L}])/iuy, "percentagepoint"],
  [/ ?per ?cent(?![\p{L}])/iuy, "%"],
  [/ ?(?:us|u\.s\.|american) dollars?(?![\p{L}])/iuy, "usd"],
  [/ ?(?:hong kong) dollars?(?![\p{L}])/iuy, "hkd"],
  [/ ?(?:degrees?|deg|°|º) ?(c|celsius|f|fahrenheit)(?![\p{L}])/iuy, "degree"],
  [/ ?(?:km\/h|km per hour|kilomet(?:re|er)s (?:per|an) hour)(?![\p{L}])/iuy, "kmh"],
  [/ ?miles (?:per|an) hour(?![\p{L}])/iuy, "mph"],
];
/** Most numbers have none behind them: one look saves nine. */
const COMPOUND_START = /[ -]?(?:sq|cubic|per|us|u\.s|am|hong|deg|[°º]|km|kilo|miles)/iuy;
/** "25%的", "5kg大米"; but "3C认证" names something. */
const LATIN =
  /[ -]?([\p{Script=Latin}μ°℃℉%€£¥₹$]+[²³]?)(?!(?!\p{Script=Han})[\p{L}\d]|(?<=\d[CF])\p{Script=Han})/uy;
/** A unit right after a Chinese number; the longest name wins. */
const HAN = new RegExp(
  ` ?[多余来]?(${namesOf(/[\u4e00-\u9fff％℃℉円]/).join("|")})(?<!成(?=[立为员功绩长都本果人分年交份型])|折(?=[叠腾合旧])|元(?=[旦首素月]|年(?![费薪租金]))|天(?=[津河才然空下生堂府])|度(?=[假过]))`,
  "uy",
);
const OTHER_SCRIPT = / ?(บาท|원)/uy;
/** A single letter is a unit only in its usual case: "220 V", but "10 v 11". */
const SINGLE = new Set("mglhtLVWCFx$€£¥₹%°℃℉");

const UNITS: ReadonlyMap<string, Unit> = new Map(
  TABLE.trim()
    .split("\n")
    .flatMap((line) => {
      const [dimension = "", rest = ""] = line.split(": ");
      const [factor = "1", ...names] = rest.split(" ");
      return names.map((name) => [name, { dimension, factor: Number(factor) }] as const);
    }),
);

function namesOf(script: RegExp): string[] {
  return TABLE.trim()
    .split("\n")
    .flatMap((line) => line.split(": ")[1]?.split(" ").slice(1) ?? [])
    .filter((name) => script.test(name))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

export interface FoundUnit extends Unit {
  /** Index behind the unit. */
  end: number;
}

/** The unit that starts at `at`, right behind a number; null when there is none. Bounded work. */
export function readUnit(text: string, at: number): FoundUnit | null {
  const next = text.charCodeAt(at);
  if (Number.isNaN(next)) return null;
  if (next > 0x2e7f) return readAt(HAN, text, at) ?? readAt(OTHER_SCRIPT, text, at);
  COMPOUND_START.lastIndex = at;
  for (const [pattern, name] of COMPOUND_START.test(text) ? COMPOUNDS : []) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const part = (match[1] ?? "").toLowerCase();
    const key =
      name === "square"
        ? squareOf(part)
        : name === "cubic"
          ? "m3"
          : name === "degree"
            ? part.charAt(0)
            : name;
    const unit = UNITS.get(key);
    if (unit) return { ...unit, end: at + match[0].length };
  }
  return readAt(LATIN, text, at) ?? readAt(HAN, text, at) ?? readAt(OTHER_SCRIPT, text, at);
}

function squareOf(part: string): string {
  if (part === "m") return "m2";
  if (part === "km") return "km2";
  if (part === "mi") return "sqmi";
  if (part === "ft") return "sqft";
  return `square${part}`;
}

function readAt(pattern: RegExp, text: string, at: number): FoundUnit | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const name = match?.[1];
  if (!match || name === undefined) return null;
  const unit = unitNamed(name);
  if (!unit) return null;
  if (name.length === 1 && /[a-z]/i.test(name) && (!SINGLE.has(name) || match[0].startsWith("-")))
    return null;
  return { ...unit, end: at + match[0].length };
}

/** The unit of that name in any case, plural or singular; null when it is none. */
export function unitNamed(name: string): Unit | null {
  const plain = name.replace("²", "2").replace("³", "3");
  const lower = plain.toLowerCase();
  if (lower === "in" || lower === "s") return null;
  const unit = UNITS.get(lower);
  if (unit) return unit;
  return lower.length > 3 && lower.endsWith("s") ? (UNITS.get(lower.slice(0, -1)) ?? null) : null;
}

/** Value and dimension in the base unit; Fahrenheit and kelvin as degrees Celsius. */
export function toBase(
  value: number,
  { dimension, factor }: Unit,
): { value: number; dimension: string } {
  if (dimension === "F") return { value: (value - 32) / 1.8, dimension: "C" };
  if (dimension === "K") return { value: value - 273.15, dimension: "C" };
  return { value: value * factor, dimension };
}
