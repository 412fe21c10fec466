/** What a shop's help desk is asked: a question, the passage that answers it, an honest answer and a wrong one. */
type DemoFact = readonly [question: string, passage: string, honest: string, wrong: string];

const DEMO_FACTS: readonly DemoFact[] = [
  [
    "退货要在几天之内？",
    "商品签收后30天内可以申请退货，须保留原包装。",
    "签收后30天内可以申请退货。",
    "签收后7天内可以申请退货。",
  ],
  [
    "退款多久到账？",
    "仓库收到退货后，退款在5个工作日内原路退回。",
    "仓库收货后5个工作日内原路退回。",
    "仓库收货后15个工作日内退到余额。",
  ],
  [
    "满多少包邮？",
    "订单满99元包邮，新疆和西藏满199元包邮。",
    "满99元包邮，新疆和西藏满199元。",
    "满59元包邮，新疆和西藏也一样。",
  ],
  [
    "保温杯能保温多久？",
    "星泉保温杯容量480毫升，12小时后水温仍有65度。",
    "12小时后仍有65度。",
    "24小时后仍有80度。",
  ],
  [
    "保温杯容量多大？",
    "星泉保温杯容量480毫升，12小时后水温仍有65度。",
    "容量是480毫升。",
    "容量是210毫升。",
  ],
  [
    "手表防水吗？",
    "澄光手表防水50米，可以游泳佩戴，不能潜水。",
    "防水50米，可以游泳，不能潜水。",
    "防水100米，潜水也可以佩戴。",
  ],
  [
    "手表充满电能用几天？",
    "澄光手表一次充电可用14天，开启常亮屏幕后为6天。",
    "一次充电可用14天，常亮时6天。",
    "一次充电可用30天，常亮时也有20天。",
  ],
  [
    "会员费是多少？",
    "年度会员费为128元，到期前7天发送续费提醒。",
    "年度会员费128元。",
    "年度会员费88元，首年免费。",
  ],
  [
    "发票怎么开？",
    "电子发票在订单完成后24小时内发送到登记邮箱。",
    "订单完成后24小时内发到登记邮箱。",
    "下单时立即寄出纸质发票。",
  ],
  [
    "客服几点下班？",
    "人工客服的服务时间是每天9点至22点。",
    "人工客服服务到22点。",
    "人工客服全天24小时在线。",
  ],
  [
    "积分会过期吗？",
    "积分自获得之日起有效期两年，过期自动清零。",
    "会，积分有效期两年，过期清零。",
    "不会，积分永久有效。",
  ],
  [
    "能改收货地址吗？",
    "订单发货前可以修改收货地址一次，发货后不能修改。",
    "发货前可以修改一次。",
    "发货后也可以随时修改。",
  ],
  [
    "门店有几家？",
    "全国共有36家门店，其中上海8家，成都5家。",
    "全国36家，上海8家，成都5家。",
    "全国63家，上海18家。",
  ],
  [
    "以旧换新补贴多少？",
    "旧手机以旧换新最高补贴1200元，平板最高补贴800元。",
    "手机最高1200元，平板最高800元。",
    "手机最高2000元，电脑最高3000元。",
  ],
  [
    "礼品卡能退吗？",
    "礼品卡一经激活不能退款，未激活的可在7天内退款。",
    "激活后不能退，未激活的7天内可退。",
    "激活后30天内也可以退款。",
  ],
  [
    "安装服务收费吗？",
    "空调安装免费，超过5米的管线每米收费80元。",
    "安装免费，超过5米的管线每米80元。",
    "安装收费200元，管线不另收费。",
  ],
  [
    "耳机降噪多少分贝？",
    "静岚耳机主动降噪深度42分贝，重量5.2克。",
    "主动降噪深度42分贝。",
    "主动降噪深度55分贝。",
  ],
  [
    "学生有优惠吗？",
    "在校学生凭学信网认证可享九折，每年限用4次。",
    "有，认证后九折，每年4次。",
    "没有学生优惠。",
  ],
  [
    "预售什么时候发货？",
    "预售商品在付清尾款后10天内发货。",
    "付清尾款后10天内发货。",
    "付定金当天发货。",
  ],
  [
    "可以货到付款吗？",
    "货到付款仅支持北京和广州，单笔不超过2000元。",
    "仅北京和广州支持，单笔不超过2000元。",
    "全国都支持，金额不限。",
  ],
  [
    "How long is the warranty of the kettle?",
    "The Aster kettle has a warranty of 2 years. It holds 1.7 litres.",
    "The warranty is 2 years.",
    "The warranty is 5 years.",
  ],
  [
    "How much water does the kettle hold?",
    "The Aster kettle has a warranty of 2 years. It holds 1.7 litres.",
    "It holds 1.7 litres.",
    "It holds 2.4 litres and boils in a minute.",
  ],
  [
    "When do orders ship?",
    "Orders placed before 3 p.m. ship the same day, later ones the next working day.",
    "Orders placed before 3 p.m. ship the same day.",
    "Every order ships within an hour, also on Sundays.",
  ],
  [
    "Which countries do you deliver to?",
    "We deliver to 14 countries in Europe. Norway and Switzerland take 6 days.",
    "To 14 countries in Europe; Norway and Switzerland take 6 days.",
    "To every country in the world within 2 days.",
  ],
  [
    "Can I cancel an order?",
    "An order can be cancelled free of charge until it has been packed.",
    "Yes, free of charge until it has been packed.",
    "No, an order can never be cancelled.",
  ],
  [
    "How heavy is the Lyra laptop?",
    "The Lyra laptop weighs 1.2 kg and has a 14 inch screen.",
    "It weighs 1.2 kg.",
    "It weighs 2.1 kg and has a 16 inch screen.",
  ],
  [
    "How long does its battery last?",
    "The battery of the Lyra laptop lasts 11 hours of video and charges in 90 minutes.",
    "It lasts 11 hours of video.",
    "It lasts 20 hours of video.",
  ],
  [
    "Is there a student discount?",
    "Students get 15 percent off on laptops with a valid student card.",
    "Yes, 15 percent off on laptops with a student card.",
    "Yes, 40 percent off on everything.",
  ],
  [
    "How do I reset the router?",
    "Hold the reset button of the Nimbus router for 10 seconds until the light turns blue.",
    "Hold the reset button for 10 seconds until the light turns blue.",
    "Unplug the router for a week until the light turns red.",
  ],
  [
    "How many devices can the router serve?",
    "The Nimbus router serves up to 64 devices and covers 150 square metres.",
    "Up to 64 devices.",
    "Up to 256 devices in the whole street.",
  ],
  [
    "What does express delivery cost?",
    "Express delivery costs 9.90 euros and arrives the next day.",
    "It costs 9.90 euros and arrives the next day.",
    "It is free and arrives within two hours.",
  ],
  [
    "Do gift cards expire?",
    "Gift cards are valid for 3 years from the day of purchase.",
    "Yes, after 3 years.",
    "No, they never expire.",
  ],
  [
    "Can I return opened software?",
    "Opened software cannot be returned, unless the disc is faulty.",
    "No, unless the disc is faulty.",
    "Yes, within 60 days and without a reason.",
  ],
  [
    "Where is my invoice?",
    "The invoice is attached to the e-mail that confirms the shipment.",
    "It is attached to the e-mail that confirms the shipment.",
    "It lies in the parcel, on green paper.",
  ],
  [
    "How loud is the vacuum cleaner?",
    "The Breeze vacuum cleaner has a noise level of 58 decibels and a 0.6 litre bin.",
    "58 decibels.",
    "75 decibels.",
  ],
  [
    "How do I clean its filter?",
    "Wash the filter of the Breeze under cold water once a month and dry it for 24 hours.",
    "Wash it under cold water once a month and dry it for 24 hours.",
    "Put it into the dishwasher every day.",
  ],
  [
    "When is support open?",
    "Telephone support is open from Monday to Friday, 8 a.m. to 6 p.m.",
    "Monday to Friday, 8 a.m. to 6 p.m.",
    "Every day around the clock.",
  ],
  [
    "What is the price guarantee?",
    "If you find the article cheaper within 14 days, we refund the difference.",
    "We refund the difference within 14 days.",
    "We refund twice the difference within a year.",
  ],
  [
    "Can the lamp be dimmed?",
    "The Sol lamp has 5 brightness levels and a timer of 30 minutes.",
    "Yes, it has 5 brightness levels.",
    "No, it has a single brightness level.",
  ],
  [
    "Is the tent waterproof?",
    "The Fjord tent withstands a water column of 3,000 millimetres and weighs 2.8 kg.",
    "Yes, up to a water column of 3,000 millimetres.",
    "No, it is meant for dry weather only.",
  ],
];

interface DemoRow {
  id: string;
  question: string;
  answer: string;
  contexts: readonly string[];
  ground_truth: string;
}

type Fault = "wrong" | "beside" | "refused" | "missed" | null;

/** Every third answer of `before` has a fault, of each kind some; `after` has repaired most, and broken one anew. */
const FAULTS: Record<"before" | "after", (at: number) => Fault> = {
  before: (at) =>
    at % 3 === 0
      ? ((["wrong", "wrong", "missed", "refused", "beside"] as const)[(at / 3) % 5] ?? null)
      : null,
  after: (at) => (at === 4 ? "wrong" : at % 9 === 0 ? FAULTS.before(at) : null),
};

/** The same forty questions before and after something was changed. */
export function demoRows(moment: "before" | "after"): DemoRow[] {
  const other = (at: number) => DEMO_FACTS[(at + 3) % DEMO_FACTS.length] ?? DEMO_FACTS[0];
  return DEMO_FACTS.map(([question, passage, honest, wrong], at) => {
    const fault = FAULTS[moment](at);
    const elsewhere = other(at);
    const refusal = /[\u4e00-\u9fff]/.test(question)
      ? "抱歉，我无法回答这个问题。"
      : "Sorry, I cannot answer that.";
    const answer =
      fault === "wrong"
        ? wrong
        : fault === "refused"
          ? refusal
          : fault === "beside"
            ? (elsewhere?.[2] ?? honest)
            : honest;
    const found = fault === "missed" ? [] : [passage];
    return {
      id: `q${String(at + 1).padStart(2, "0")}`,
      question,
      answer,
      contexts: [...found, elsewhere?.[1] ?? passage],
      ground_truth: honest,
    };
  });
}
