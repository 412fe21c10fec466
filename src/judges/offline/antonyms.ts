import { stemmer } from "stemmer";
import { once } from "./once.ts";

/** Pairs that exclude each other; groups divided by "|" exclude one another member by member. */
const ENGLISH = `increase rise rose risen grow grew grown gain improve expand climb soar raise|decrease decline fall fell fallen drop reduce shrink lose worsen plunge lower
higher more greater larger bigger above|lower less fewer smaller below
high large big long many major|low small little short few minor
before prior earlier previous|after following later subsequent
first|last
begin began begun start open launch|end finish close stop
win won victory|lose lost defeat
success succeed successful|fail failure unsuccessful
accept approve agree support allow permit enable|reject refuse deny oppose forbid ban prevent disagree disable
include|exclude
always|never
all every everyone|none nobody
same similar identical|different distinct dissimilar
male man boy son father husband brother he king actor|female woman girl daughter mother wife sister she queen actress
north northern|south southern
east eastern|west western
up upward|down downward
old older ancient elder|new newer young younger modern
early|late
hot warm|cold cool
positive|negative
advantage benefit strength|disadvantage drawback weakness
public|private
buy bought purchase acquire|sell sold
born birth|die died death
arrive enter join|leave left depart exit quit
love like enjoy|hate dislike
possible able capable|impossible unable incapable
true correct right accurate|false wrong incorrect inaccurate
legal lawful|illegal unlawful
strong stronger strengthen|weak weaker weaken
fast faster quick quickly rapid|slow slower slowly gradual
easy easily simple|difficult hard complex complicated
good better best excellent|bad worse worst poor
maximum most|minimum least
inside internal interior within|outside external exterior beyond
domestic|foreign
rich wealthy|poor
safe|dangerous unsafe
guilty convicted|innocent acquitted
alive living|dead
active|inactive passive
full|empty
add added|remove removed delete
create build establish|destroy demolish dissolve abolish
major majority|minority
optimistic|pessimistic
cheap cheaper inexpensive|expensive costly
light|dark heavy
present|absent
common frequent often|rare rarely seldom
supervised|unsupervised
known|unknown
single|married multiple
temporary|permanent
voluntary optional|mandatory compulsory required
import|export
success|failure
upper|lower
senior|junior
offense attack|defense defend
optimal|suboptimal
local|global
employer|employee
teacher|student
doctor|patient
seller vendor|buyer customer
plaintiff|defendant
monday|tuesday|wednesday|thursday|friday|saturday|sunday
spring|summer|autumn|winter
morning|afternoon|evening
red|blue|green|yellow|black|white`;

const CHINESE = `增加 上升 增长 上涨 提高 提升 扩大 升高 上调 回升|减少 下降 下跌 降低 缩小 下滑 回落 下调 缩减
多于 高于 超过 大于|少于 低于 不足 小于
开始 开幕 启动 开放|结束 闭幕 停止 关闭
胜利 获胜 战胜 赢得 取胜|失败 落败 输给 失利 告负
同意 支持 批准 赞成 允许 接受|反对 拒绝 否决 禁止 否认
之前 以前 此前|之后 以后 此后
成功|失败
首次 首个 首场 第一|最后 末次
男子 男性 男孩 男队 男单|女子 女性 女孩 女队 女单
北部 北方|南部 南方
东部 东方|西部 西方
国内|国外 海外 境外
进口|出口
买入 购买 收购|卖出 出售
上午|下午 晚上 凌晨
白天|夜间 夜晚
安全|危险
简单 容易|困难 复杂
积极|消极
优点 优势|缺点 劣势
合法|非法 违法
顺差 盈利|逆差 亏损
高开|低开
收涨|收跌
加强|减弱
公开|秘密
出生|去世 逝世
领先|落后
存在|不存`;

const readOpposites = once(() =>
  readPairs(
    ENGLISH,
    stemmer,
    readPairs(CHINESE, (word) => word, new Map()),
  ),
);

/** Terms that exclude `term`, as `tokenize` gives them. */
export function antonymsOf(term: string): readonly string[] {
  return readOpposites().get(term) ?? [];
}

function readPairs(
  table: string,
  toTerm: (word: string) => string,
  opposites: Map<string, string[]>,
): Map<string, string[]> {
  for (const line of table.split("\n")) {
    const groups = line.split("|").map((group) => group.split(" ").map(toTerm));
    groups.forEach((group, i) => {
      const others = groups.filter((_, j) => j !== i).flat();
      for (const term of group) opposites.set(term, [...(opposites.get(term) ?? []), ...others]);
    });
  }
  return opposites;
}
