import { stemmer } from "stemmer";
import { once } from "./once.ts";

/**
 * Words that a paraphrase swaps for each other without changing the fact, one group a line. Only such as are safe in
 * most sentences; a word may stand in several groups. Chinese words have two characters, as the bigrams do.
 */
const GROUPS = `increase rise grow growth gain improve expand climb soar raise boost augment enhance surge elevate uplift
decrease decline fall drop reduce shrink lower diminish lessen curb cut plunge reduction slash
start begin commence launch initiate open introduce
end finish conclude complete terminate close cease
make create produce build construct develop generate establish form found manufacture
use utilize employ leverage apply utilise usage utilization
help assist aid support facilitate enable
show demonstrate illustrate indicate reveal display exhibit suggest
say state mention note tell explain report remark announce declare describe
provide offer supply give deliver present furnish
get obtain receive acquire gain secure earn
buy purchase acquire
sell market vend
need require necessitate
want wish desire like
think believe consider feel regard view
ask inquire request question query
answer reply respond response
try attempt aim seek strive
keep maintain retain preserve sustain
change alter modify adjust shift transform adapt
move relocate shift transfer
happen occur take
include comprise contain consist involve feature encompass cover incorporate
big large huge great major significant substantial considerable vast massive
small little minor tiny slight modest
important significant key crucial essential vital critical main
good great excellent strong positive favorable
bad poor negative adverse
fast quick rapid swift speedy
new novel recent latest modern innovative
old ancient former aged
many numerous several various multiple
different various diverse distinct
same identical similar alike
famous popular notable renowned known celebrated prominent
difficult hard challenging tough
easy simple straightforward
expect anticipate project predict forecast estimate foresee
plan intend aim propose schedule
company firm business corporation enterprise organization
customer client consumer buyer
employee worker staff personnel
price cost fee charge rate
money fund funding capital
job work occupation position role post
house home residence dwelling
city town
country nation state
child kid youngster
film movie picture
song track tune single
author writer
doctor physician
car automobile vehicle
illness disease sickness disorder condition
method approach technique procedure way
result outcome finding consequence
problem issue challenge difficulty concern
goal objective aim target purpose
part portion component section segment element
area region zone district territory
group team band unit
kind type sort form category variety
show program series programme
meeting conference gathering session
contract agreement deal
discount reduction rebate
feature function capability functionality
customize personalize tailor individualize customizable
efficient effective productive efficiency
streamline simplify optimize
suggest recommend propose advise
discuss talk speak debate address
contact reach approach
interested keen eager
trial test demo
quality caliber standard
strengthen reinforce fortify consolidate bolster
weaken undermine
choose select pick opt
win triumph defeat beat victory
lose defeat loss
die death dead decease pass
born birth
kill murder slay
marry wed wife husband spouse marriage
live reside dwell inhabit
leave depart exit quit
arrive come reach
join enter
lead head direct guide manage run
leader head chief director boss
teach educate instruct
learn study
win award receive
release publish issue launch
write author compose pen
act star play appear perform
sing perform record vocal singer
locate situate position base
belong own possess
begin originate start stem derive
call name term title dub know
allow permit let enable
ban forbid prohibit
stop halt cease discontinue
protect guard defend shield safeguard
attack assault strike
fight battle combat
war conflict
army military troop force
police officer cop
law legislation act statute
court tribunal
vote ballot poll election
president leader
government administration authority state
approximately about around roughly nearly almost
often frequently commonly usually typically generally
mainly mostly primarily largely chiefly
currently now presently today
first initial original initially originally
last final finally
previous prior former earlier
also additionally furthermore moreover too
however but although though despite
because since due
therefore thus hence consequently
year annual yearly annually
month monthly
day daily
week weekly
percent percentage
united us usa america american u
britain british uk england english
male man men boy gentleman
female woman women girl lady
mother mom mum parent
father dad parent
food meal dish cuisine
drink beverage
plant vegetation
animal creature beast
water aquatic
sea ocean marine
mountain mount peak
road street highway route
school college university academy
student pupil learner
research study investigation
scientist researcher
information data detail
picture image photo photograph
damage harm injure hurt
dangerous hazardous risky unsafe
safe secure
rich wealthy affluent
poor needy
begin outset
near close nearby adjacent
entire whole complete full total
only sole solely merely
fan supporter admirer
season year
game match contest
player athlete
trophy cup title championship
coach manager trainer train teach instruct
lead head run manage chair direct
sue sued lawsuit suit litigation
leave depart departure
close shut
ship send dispatch deliver
allow permit let entitle eligible
entitle qualify eligible
refund reimburse repay
cancel annul
last take
pick choose select opt
shop store retailer
guarantee warranty
free complimentary gratis
headquarters headquarter base
set allocate earmark
join participate attend
fix repair mend
broken faulty defective
parcel package
flat apartment
holiday vacation
salary pay wage
contract agreement
notice notify inform
tenant renter
landlord lessor
rent lease
forbid prohibit ban
stop halt
shrink narrow
renew extend prolong
return send
need must require
architect design
buyer purchaser
cancel terminate
deadline due`;

const CHINESE_GROUPS = `增加 增长 上升 提高 提升 上涨 扩大 上扬 攀升
减少 下降 降低 下跌 下滑 回落 缩减
开始 启动 展开 开启 开幕
结束 完成 闭幕 收官
表示 指出 认为 说道 称 介绍 透露 强调
举行 举办 召开 开展 进行
参加 参与 出席 加入
获得 取得 赢得 夺得 荣获
帮助 协助 援助 支持
提供 给予 供给
使用 利用 采用 运用 应用
建立 成立 创建 设立 创立 创办
显示 表明 说明
重要 关键 主要 重大
公司 企业 集团
记者 媒体
比赛 赛事
冠军 夺冠 获胜
死亡 去世 逝世 身亡 遇难
出生 诞生
位于 地处 坐落
包括 包含 涵盖
许多 众多 大量 不少
目前 现在 如今 当前
以前 之前 此前
以后 之后 此后
因为 由于
制造 生产 制作
发布 公布 推出 发表
购买 收购 买入
医生 大夫 医师
学生 学员
问题 难题
方法 方式 办法
影响 作用
城市 都市
电影 影片
作家 作者
国家 我国
首次 首个 第一
可以 能够 允许 准许
必须 需要 应当 应该
免费 免收 豁免
费用 收费 价格 价钱 售价 定价
员工 职工 雇员
顾客 客户 用户 买家
批准 同意 审批 核准
生效 施行 实施 执行
到期 过期 期满 届满
保存 保留 留存 存放 储存
删除 清除 移除
关闭 闭馆 关门 停止
开放 开门 营业
截止 截至 结束 为止
每年 年度 一年 全年
每月 月度 个月
每天 每日 日均 一天
每晚 一晚
地点 地址 位置
负责 主管 承担
导致 引起 造成 引发 致使
赔偿 补偿 赔付
返还 退还 归还
合同 协议 合约
通知 告知
联系 联络
上市 发售 开售
适合 适宜
儿童 孩子 小孩 小朋
旅客 乘客 游客
预计 预期 估计 有望 计划
打算 计划 拟于
检查 检测 检验
修理 维修 检修
损坏 破损 毁坏
会议 开会
晚上 夜间 夜里
下调 调低 走低 降低
上调 调高 提高
选择 选用 挑选
填写 填好 填报
点击 点按 点选
发送 寄送 发到
收到 签收 接收
商品 产品 货品
店铺 门店 商店
入场 入园 进场
老师 教师 导师 师从
战胜 击败 打败
投资 注资 入股
收购 并购 买下
主演 出演
账号 账户 帐号 帐户
设备 装置
服用 口服
成立 创办 组建
车辆 汽车 车子
大约 左右
所有 全部`;

interface Groups {
  idsOf: ReadonlyMap<string, readonly number[]>;
  members: readonly (readonly string[])[];
}

const readGroups = once((): Groups => {
  const members = [
    ...GROUPS.split("\n").map((line) => line.split(" ").map(stemmer)),
    ...CHINESE_GROUPS.split("\n").map((line) => line.split(" ")),
  ].map((group) => [...new Set(group)]);
  const idsOf = new Map<string, number[]>();
  for (const [id, group] of members.entries()) {
    for (const term of group) idsOf.set(term, [...(idsOf.get(term) ?? []), id]);
  }
  return { idsOf, members };
});

/** Terms that may stand for `term`, as `tokenize` gives them; without `term` itself. */
export function synonymsOf(term: string): string[] {
  const { idsOf, members } = readGroups();
  const ids = idsOf.get(term) ?? [];
  return ids.flatMap((id) => (members[id] ?? []).filter((other) => other !== term));
}
