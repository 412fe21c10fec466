import type { Verdict } from "../../scoring/judge.ts";

/** A claim with its passage and the verdict it must get. */
export interface CheckedClaim {
  kind: string;
  language: "en" | "zh";
  passage: string;
  claim: string;
  verdict: Verdict;
}

/** Sentences of one kind: the fact beside one that is not asked about, two honest claims, a changed one, a vague one. */
interface Pattern {
  fact: string;
  beside: string;
  honest: readonly [string, string];
  changed: string;
  vague: string;
  /** What stands for {s}, {a} and {b}, five times; {b} is what {a} is not. */
  fillings: readonly (readonly [string, string, string])[];
}

const EN: Readonly<Record<string, Pattern>> = {
  number: {
    fact: "The {s} holds {a} seats.",
    beside: "Its doors open two hours before an event.",
    honest: ["The {s} holds {a} seats.", "There are {a} seats in the {s}."],
    changed: "The {s} holds {b} seats.",
    vague: "The {s} has more seats than any other hall of its region.",
    fillings: [
      ["Alder hall", "420", "240"],
      ["Birch arena", "1,850", "1,580"],
      ["Cedar theatre", "96", "69"],
      ["Dune stadium", "12,400", "14,200"],
      ["Elm pavilion", "310", "130"],
    ],
  },
  date: {
    fact: "The {s} was opened on {a}.",
    beside: "Admission is free for residents.",
    honest: ["The {s} was opened on {a}.", "It was on {a} that the {s} opened."],
    changed: "The {s} was opened on {b}.",
    vague: "The {s} was opened after a long dispute about its costs.",
    fillings: [
      ["Fenwick bridge", "3 May 1981", "5 March 1981"],
      ["Garnet museum", "17 June 2004", "17 July 2004"],
      ["Harrow tunnel", "1 October 1968", "1 October 1986"],
      ["Iris garden", "22 April 2015", "24 April 2015"],
      ["Juniper pool", "9 August 1999", "8 September 1999"],
    ],
  },
  duration: {
    fact: "A {s} must be paid within {a}.",
    beside: "Payment by card is accepted.",
    honest: ["A {s} must be paid within {a}.", "Whoever owes a {s} has {a} to pay it."],
    changed: "A {s} must be paid within {b}.",
    vague: "A {s} that is paid late is reported to a collector.",
    fillings: [
      ["parking fine", "14 days", "40 days"],
      ["deposit", "3 weeks", "3 months"],
      ["library fee", "30 days", "30 hours"],
      ["customs charge", "48 hours", "84 hours"],
      ["membership fee", "2 months", "2 weeks"],
    ],
  },
  name: {
    fact: "The {s} was designed by {a}.",
    beside: "Visitors may take photographs.",
    honest: ["The {s} was designed by {a}.", "{a} is the designer of the {s}."],
    changed: "The {s} was designed by {b}.",
    vague: "The {s} won a prize for its design.",
    fillings: [
      ["Kestrel lamp", "Mara Voss", "Mira Voss"],
      ["Lark chair", "Otto Brandt", "Emil Sorel"],
      ["Merlin boat", "Ines Calder", "Ines Cordell"],
      ["Nightjar clock", "Piet Hallam", "Jan Hallam"],
      ["Osprey tent", "Rosa Quill", "Dora Penn"],
    ],
  },
  place: {
    fact: "The {s} is made in {a}.",
    beside: "It is sold in boxes of ten.",
    honest: ["The {s} is made in {a}.", "{a} is where the {s} is made."],
    changed: "The {s} is made in {b}.",
    vague: "The {s} is exported to many countries.",
    fillings: [
      ["Pine valve", "Tromso", "Bergen"],
      ["Quartz filter", "Graz", "Linz"],
      ["Rowan cable", "Porto", "Lisbon"],
      ["Sable pump", "Utrecht", "Maastricht"],
      ["Teal switch", "Tampere", "Turku"],
    ],
  },
  negation: {
    fact: "The {s} may {a} be used on a ship.",
    beside: "It weighs two kilograms.",
    honest: ["The {s} may {a} be used on a ship.", "On a ship the {s} may {a} be used."],
    changed: "The {s} may {b} be used on a ship.",
    vague: "The {s} needs a special adapter on ships.",
    fillings: [
      ["Umber heater", "not", "always"],
      ["Vale radio", "never", "always"],
      ["Willow stove", "always", "not"],
      ["Yarrow charger", "not", "well"],
      ["Zephyr drill", "always", "never"],
    ],
  },
  quantity: {
    fact: "{a} of the {s} come with a warranty.",
    beside: "They are delivered on Mondays.",
    honest: ["{a} of the {s} come with a warranty.", "A warranty is given with {a} of the {s}."],
    changed: "{b} of the {s} come with a warranty.",
    vague: "The {s} with a warranty cost more than the others.",
    fillings: [
      ["Amber ladders", "All", "None"],
      ["Basil bicycles", "None", "All"],
      ["Clover lamps", "Exactly half", "All"],
      ["Dill ovens", "All", "Only one"],
      ["Fennel scales", "Two thirds", "None"],
    ],
  },
  condition: {
    fact: "The {s} is refunded only if {a}.",
    beside: "Refunds are made to the same account.",
    honest: ["The {s} is refunded only if {a}.", "A refund of the {s} requires that {a}."],
    changed: "The {s} is refunded even if it is not so that {a}.",
    vague: "The {s} is refunded together with an apology.",
    fillings: [
      ["course fee", "the course is cancelled", ""],
      ["ticket price", "the train is two hours late", ""],
      ["room rate", "the guest cancels a week before", ""],
      ["test fee", "the test cannot be read", ""],
      ["rent deposit", "the flat is left clean", ""],
    ],
  },
  comparison: {
    fact: "The {s} is {a} than the model before it.",
    beside: "Both have the same colour.",
    honest: [
      "The {s} is {a} than the model before it.",
      "Compared with the model before it, the {s} is {a}.",
    ],
    changed: "The {s} is {b} than the model before it.",
    vague: "The {s} sells better than the model before it.",
    fillings: [
      ["Grove 2", "lighter", "heavier"],
      ["Heath 5", "faster", "slower"],
      ["Ivy 9", "quieter", "louder"],
      ["Jade 3", "cheaper", "dearer"],
      ["Kelp 7", "smaller", "larger"],
    ],
  },
  order: {
    fact: "In the {s}, {a}.",
    beside: "The work takes one day.",
    honest: ["In the {s}, {a}.", "This is how the {s} goes: {a}."],
    changed: "In the {s}, {b}.",
    vague: "In the {s}, most mistakes are made by beginners.",
    fillings: [
      [
        "assembly",
        "the frame is glued before it is painted",
        "the frame is painted before it is glued",
      ],
      [
        "audit",
        "the interviews follow the review of files",
        "the review of files follows the interviews",
      ],
      [
        "launch",
        "the tank is filled after the hatch is closed",
        "the tank is filled before the hatch is closed",
      ],
      ["harvest", "the upper field is cut first", "the upper field is cut last"],
      ["repair", "the fuse is removed before the cover", "the cover is removed before the fuse"],
    ],
  },
  cause: {
    fact: "The {s} stopped because of {a}.",
    beside: "It ran again the next morning.",
    honest: ["The {s} stopped because of {a}.", "{a} made the {s} stop."],
    changed: "The {s} stopped because of {b}, not because of {a}.",
    vague: "The {s} has stopped several times in its history.",
    fillings: [
      ["Larch line", "frost", "a strike"],
      ["Moss plant", "a flood", "a fire"],
      ["Nettle ferry", "a broken shaft", "fog"],
      ["Oak press", "a lack of paper", "a power cut"],
      ["Poppy lift", "dust", "vandals"],
    ],
  },
  permission: {
    fact: "{a} may enter the {s} at night.",
    beside: "The lights go out at ten.",
    honest: ["{a} may enter the {s} at night.", "At night the {s} may be entered by {a}."],
    changed: "{b} may enter the {s} at night, and {a} may not.",
    vague: "{a} like to enter the {s} by the back door.",
    fillings: [
      ["Reed archive", "Guards", "Students"],
      ["Sorrel lab", "Doctors", "Cleaners"],
      ["Thyme depot", "Drivers", "Visitors"],
      ["Vetch yard", "Owners", "Tenants"],
      ["Wren library", "Members", "Guests"],
    ],
  },
};

const ZH: Readonly<Record<string, Pattern>> = {
  number: {
    fact: "{s}共有{a}个座位。",
    beside: "活动开始前两小时开门。",
    honest: ["{s}共有{a}个座位。", "{s}的座位数是{a}个。"],
    changed: "{s}共有{b}个座位。",
    vague: "{s}的座位比当地其他场馆都多。",
    fillings: [
      ["赤杨厅", "420", "240"],
      ["白桦馆", "1850", "1580"],
      ["雪松剧场", "96", "69"],
      ["沙丘体育场", "12400", "14200"],
      ["榆树亭", "310", "130"],
    ],
  },
  date: {
    fact: "{s}于{a}启用。",
    beside: "本地居民免费入内。",
    honest: ["{s}于{a}启用。", "{a}，{s}正式启用。"],
    changed: "{s}于{b}启用。",
    vague: "{s}在一场关于造价的长期争论之后启用。",
    fillings: [
      ["青石桥", "1981年5月3日", "1981年3月5日"],
      ["石榴博物馆", "2004年6月17日", "2004年7月17日"],
      ["北岭隧道", "1968年10月1日", "1986年10月1日"],
      ["鸢尾园", "2015年4月22日", "2015年4月24日"],
      ["杜松泳池", "1999年8月9日", "1999年9月8日"],
    ],
  },
  duration: {
    fact: "{s}须在{a}内缴清。",
    beside: "可以刷卡支付。",
    honest: ["{s}须在{a}内缴清。", "缴纳{s}的期限是{a}。"],
    changed: "{s}须在{b}内缴清。",
    vague: "逾期未缴的{s}会转交催收机构。",
    fillings: [
      ["停车罚款", "14天", "40天"],
      ["押金", "3周", "3个月"],
      ["图书馆费用", "30天", "30小时"],
      ["关税", "48小时", "84小时"],
      ["会费", "2个月", "2周"],
    ],
  },
  name: {
    fact: "{s}由{a}设计。",
    beside: "参观者可以拍照。",
    honest: ["{s}由{a}设计。", "{a}是{s}的设计者。"],
    changed: "{s}由{b}设计。",
    vague: "{s}曾因设计获奖。",
    fillings: [
      ["红隼灯", "沈若岚", "沈若兰"],
      ["云雀椅", "欧阳诚", "司徒远"],
      ["灰隼艇", "林伊宁", "林怡静"],
      ["夜鹰钟", "何平川", "何立川"],
      ["鱼鹰帐篷", "罗秋仪", "董佩文"],
    ],
  },
  place: {
    fact: "{s}在{a}生产。",
    beside: "每箱装十件。",
    honest: ["{s}在{a}生产。", "{s}的产地是{a}。"],
    changed: "{s}在{b}生产。",
    vague: "{s}出口到许多国家。",
    fillings: [
      ["松针阀门", "宁波", "温州"],
      ["石英滤芯", "绵阳", "德阳"],
      ["花楸电缆", "佛山", "中山"],
      ["紫貂水泵", "襄阳", "宜昌"],
      ["凫青开关", "唐山", "邯郸"],
    ],
  },
  negation: {
    fact: "{s}{a}在船上使用。",
    beside: "它重两千克。",
    honest: ["{s}{a}在船上使用。", "在船上，{s}{a}使用。"],
    changed: "{s}{b}在船上使用。",
    vague: "{s}在船上需要专用转接头。",
    fillings: [
      ["赭石暖炉", "不得", "可以"],
      ["山谷电台", "禁止", "允许"],
      ["柳木炉具", "可以", "不得"],
      ["蓍草充电器", "不能", "能够"],
      ["和风电钻", "允许", "禁止"],
    ],
  },
  quantity: {
    fact: "{s}{a}附带保修。",
    beside: "每周一送货。",
    honest: ["{s}{a}附带保修。", "附带保修的情况是：{s}{a}都有。"],
    changed: "{s}{b}附带保修。",
    vague: "附带保修的{s}价格更高。",
    fillings: [
      ["琥珀梯", "全部", "只有一架"],
      ["罗勒自行车", "每一辆", "仅有一辆"],
      ["苜蓿台灯", "有一半", "全部"],
      ["莳萝烤箱", "全部", "仅有一台"],
      ["茴香秤", "三分之二", "全部"],
    ],
  },
  condition: {
    fact: "只有{a}，才退还{s}。",
    beside: "退款退回原账户。",
    honest: ["只有{a}，才退还{s}。", "退还{s}的前提是{a}。"],
    changed: "即使并非{a}，也退还{s}。",
    vague: "退还{s}时会附上一封致歉信。",
    fillings: [
      ["课程费", "课程取消", ""],
      ["票款", "列车晚点两小时", ""],
      ["房费", "客人提前一周取消", ""],
      ["检测费", "结果无法读取", ""],
      ["租房押金", "房屋打扫干净", ""],
    ],
  },
  comparison: {
    fact: "{s}比上一代更{a}。",
    beside: "两代颜色相同。",
    honest: ["{s}比上一代更{a}。", "与上一代相比，{s}更{a}。"],
    changed: "{s}比上一代更{b}。",
    vague: "{s}比上一代卖得更好。",
    fillings: [
      ["小林二号", "轻", "重"],
      ["石楠五号", "快", "慢"],
      ["常春藤九号", "安静", "吵"],
      ["翡翠三号", "便宜", "贵"],
      ["海带七号", "小", "大"],
    ],
  },
  order: {
    fact: "在{s}中，{a}。",
    beside: "整个过程需要一天。",
    honest: ["在{s}中，{a}。", "{s}的顺序是：{a}。"],
    changed: "在{s}中，{b}。",
    vague: "在{s}中，新手最容易出错。",
    fillings: [
      ["组装", "先粘合框架，再上漆", "先上漆，再粘合框架"],
      ["审计", "先查阅档案，后进行访谈", "先进行访谈，后查阅档案"],
      ["发射", "先关闭舱门，再加注燃料", "先加注燃料，再关闭舱门"],
      ["收割", "最先收割上田", "最后收割上田"],
      ["维修", "先取下保险丝，再拆外壳", "先拆外壳，再取下保险丝"],
    ],
  },
  cause: {
    fact: "{s}因{a}停运。",
    beside: "第二天早晨恢复。",
    honest: ["{s}因{a}停运。", "{s}停运的原因是{a}。"],
    changed: "{s}停运是因为{b}，而不是{a}。",
    vague: "{s}历史上曾多次停运。",
    fillings: [
      ["落叶松专线", "霜冻", "罢工"],
      ["苔藓车间", "洪水", "火灾"],
      ["荨麻渡轮", "传动轴断裂", "大雾"],
      ["橡木印刷机", "缺纸", "停电"],
      ["罂粟缆车", "灰尘", "人为破坏"],
    ],
  },
  permission: {
    fact: "{a}可以在夜间进入{s}。",
    beside: "十点熄灯。",
    honest: ["{a}可以在夜间进入{s}。", "夜间，{s}允许{a}进入。"],
    changed: "{b}可以在夜间进入{s}，{a}则不可以。",
    vague: "{a}喜欢从后门进入{s}。",
    fillings: [
      ["芦苇档案馆", "保安", "学生"],
      ["酸模实验室", "医生", "清洁工"],
      ["百里香仓库", "司机", "访客"],
      ["野豌豆货场", "业主", "租户"],
      ["鹪鹩图书馆", "会员", "来宾"],
    ],
  },
};

export const CHECK_SET: readonly CheckedClaim[] = (["en", "zh"] as const).flatMap((language) =>
  Object.entries(language === "en" ? EN : ZH).flatMap(([kind, pattern]) =>
    pattern.fillings.flatMap(([s, a, b]) => {
      const say = (sentence: string) =>
        capital(sentence.replaceAll("{s}", s).replaceAll("{a}", a).replaceAll("{b}", b));
      const gap = language === "en" ? " " : "";
      const passage = `${say(pattern.fact)}${gap}${pattern.beside}`;
      const claims: (readonly [string, Verdict])[] = [
        [pattern.honest[0], "supported"],
        [pattern.honest[1], "supported"],
        [pattern.changed, "contradicted"],
        [pattern.vague, "unsupported"],
      ];
      return claims.map(([claim, verdict]) => ({
        kind,
        language,
        passage,
        claim: say(claim),
        verdict,
      }));
    }),
  ),
);

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
