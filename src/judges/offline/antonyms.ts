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
accept approve agree support allow permit permitted enable|reject refuse deny oppose prevent disagree disable
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
red|blue|green|yellow|black|white
overturn reverse|uphold upheld affirm
shrink narrow|grow widen
clockwise|counterclockwise anticlockwise
tighten|loosen
gain profit|loss
surplus|deficit
lock locked|unlock unlocked
connect connected|disconnect disconnected
install installed|uninstall uninstalled
encrypt|decrypt
enable enabled|disable disabled
pass passed|fail failed
hire hired|fire fired dismiss dismissed
lend lent|borrow borrowed
deposit|withdraw withdrawal
online|offline
indoor|outdoor
wired|wireless
manual|automatic
wet|dry
deep deeper|shallow shallower
wide wider|narrow narrower
thick thicker|thin thinner
loud louder noisy noisier|quiet quieter silent
heavy heavier|light lighter
tall taller|short shorter
long longer|short shorter
near nearer|far farther
confirm confirmed|deny denied
prove proven|disprove disproven refute refuted
urban|rural
odd|even
ascending|descending
horizontal|vertical
internal|external
daily|weekly|monthly|yearly annually
recommend recommended optional|mandatory compulsory required
visible|invisible hidden
fresh|stale
raw|cooked
open opened|shut closed blocked
front|rear
arrears|advance
off|enable enabled activate activated
hotter warmer|colder cooler
easier simpler|harder
ahead|behind`;

const CHINESE = `增加 上升 增长 上涨 提高 提升 扩大 升高 上调 回升|减少 下降 下跌 降低 缩小 下滑 回落 下调 缩减
多于 高于 超过 大于|少于 低于 不足 小于
开始 开幕 启动 开放|结束 闭幕 停止 关闭
胜利 获胜 战胜 赢得 取胜|失败 落败 输给 失利 告负
同意 支持 批准 赞成 允许 准许 接受|反对 拒绝 否决 否认
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
存在|不存
顺时|逆时
饭前 餐前|饭后 餐后|空腹
课前|课后
售前|售后
赛前|赛后
会前|会后
术前|术后
提前|推迟 延迟 延后 延期
最高|最低
最大|最小
最多 至多|最少 至少
最早|最晚 最迟
最快|最慢
上限|下限
左侧 左边 左转|右侧 右边 右转
室内|室外
线上 在线|线下 离线
有效|无效 失效
免费|收费 付费
强制 必须|自愿 可选
正式|临时 试用
长期|短期
加热|冷却
高温|低温
开启 打开 启用|关闭 停用 禁用
使用 可用 能用|停用 禁用
同比|环比
单数|双数
有罪|无罪
胜诉|败诉
加分|扣分
入职|离职
借出|借入
维持|推翻 撤销`;

/** Single characters that exclude each other where one stands exactly in the other's place. */
const CHARACTERS = `前|后
早|晚
大|小
高|低
多|少
快|慢
长|短
新|旧
内|外
左|右
上|下
开|关
冷|热
干|湿
轻|重
强|弱
升|降
涨|跌
增|减
买|卖
进|出
男|女
正|负
春|夏|秋|冬
东|西|南|北
红|绿|蓝|黄|黑|白|橙|紫|灰`;

const readOpposites = once(() =>
  readPairs(
    ENGLISH,
    stemmer,
    readPairs(CHINESE, (word) => word, new Map()),
  ),
);

const readCharacters = once(() => readPairs(CHARACTERS, (character) => character, new Map()));

/** 饭前 for 饭后: does the one character, in the place of the other, say the opposite? */
export function areOppositeCharacters(one: string, other: string): boolean {
  return readCharacters().get(one)?.includes(other) ?? false;
}

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
