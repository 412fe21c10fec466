/** Questions a help desk gets, with answers of two kinds: honest ones, and twins with a planted fault. */
export interface DemoSample {
  id: string;
  /** What was planted; null for an honest answer. */
  fault: "number changed" | "fact invented" | "beside the question" | "contradicts the text" | null;
  /** Id of the honest twin. */
  twin: string | null;
  question: string;
  answer: string;
  contexts: string[];
  groundTruth: string;
}

const LEAVE_ZH = [
  "员工入职满一年后，每年享有10天带薪年假。工龄满十年的员工，年假为15天。",
  "未休完的年假最多可以结转5天到次年，且必须在次年3月31日之前休完。",
  "病假需要在当天上午十点之前通知直属主管，并在返岗后三天内提交医院证明。",
];

const REFUND_EN = [
  "Orders can be returned within 30 days of delivery. The item must be unused and in its original packaging.",
  "Refunds are paid to the original payment method within 5 business days after the warehouse has received the item.",
  "Gift cards and software licences cannot be returned once they have been activated.",
];

const BATTERY_EN = [
  "The Aurora 7 tablet has a 9,200 mAh battery. In our tests it played video for 13 hours.",
  "The Aurora 7 charges from 0 to 80 percent in 45 minutes with the 45 W charger, which is sold separately.",
];

const METRO_ZH = [
  "地铁二号线首班车早上6点从火车站发车，末班车晚上11点到达会展中心。",
  "二号线全长28.6公里，共设22座车站，其中换乘站5座。",
  "学生凭有效证件购买月票可享受五折优惠，月票在所有车站的服务中心办理。",
];

export const DEMO_SAMPLES: readonly DemoSample[] = [
  {
    id: "leave-honest",
    fault: null,
    twin: null,
    question: "入职满一年的员工每年有几天年假？没休完怎么办？",
    answer:
      "入职满一年的员工每年有10天带薪年假。没休完的年假最多可以结转5天，要在次年3月31日之前休完。",
    contexts: LEAVE_ZH,
    groundTruth: "每年10天带薪年假；最多结转5天，次年3月31日前休完。",
  },
  {
    id: "leave-number",
    fault: "number changed",
    twin: "leave-honest",
    question: "入职满一年的员工每年有几天年假？没休完怎么办？",
    answer:
      "入职满一年的员工每年有20天带薪年假。没休完的年假最多可以结转8天，要在次年6月30日之前休完。",
    contexts: LEAVE_ZH,
    groundTruth: "每年10天带薪年假；最多结转5天，次年3月31日前休完。",
  },
  {
    id: "refund-honest",
    fault: null,
    twin: null,
    question: "How long do I have to return an order, and when is the refund paid?",
    answer:
      "You can return an order within 30 days of delivery if the item is unused and in its original packaging. The refund is paid to the original payment method within 5 business days after the warehouse has received the item.",
    contexts: REFUND_EN,
    groundTruth:
      "Within 30 days of delivery, unused and in the original packaging. The refund is paid within 5 business days after the warehouse has received the item.",
  },
  {
    id: "refund-invented",
    fault: "fact invented",
    twin: "refund-honest",
    question: "How long do I have to return an order, and when is the refund paid?",
    answer:
      "You can return an order within 30 days of delivery if the item is unused. Premium members receive a courier pickup at no cost and an extra voucher worth twenty euros. Our flagship store in Lisbon also exchanges damaged goods on Sundays.",
    contexts: REFUND_EN,
    groundTruth:
      "Within 30 days of delivery, unused and in the original packaging. The refund is paid within 5 business days after the warehouse has received the item.",
  },
  {
    id: "battery-honest",
    fault: null,
    twin: null,
    question: "How long does the Aurora 7 play video, and how fast does it charge?",
    answer:
      "The Aurora 7 played video for 13 hours in tests. It charges from 0 to 80 percent in 45 minutes with the 45 W charger.",
    contexts: BATTERY_EN,
    groundTruth: "13 hours of video; 0 to 80 percent in 45 minutes with the 45 W charger.",
  },
  {
    id: "battery-beside",
    fault: "beside the question",
    twin: "battery-honest",
    question: "How long does the Aurora 7 play video, and how fast does it charge?",
    answer:
      "Thank you for your interest in our shop. Please visit the support page or subscribe to the newsletter for more news about offers.",
    contexts: BATTERY_EN,
    groundTruth: "13 hours of video; 0 to 80 percent in 45 minutes with the 45 W charger.",
  },
  {
    id: "metro-honest",
    fault: null,
    twin: null,
    question: "地铁二号线首班车几点发车？学生买月票有优惠吗？",
    answer: "地铁二号线首班车早上6点从火车站发车。学生凭有效证件购买月票可享受五折优惠。",
    contexts: METRO_ZH,
    groundTruth: "首班车早上6点发车；学生凭有效证件买月票五折。",
  },
  {
    id: "metro-contradicts",
    fault: "contradicts the text",
    twin: "metro-honest",
    question: "地铁二号线首班车几点发车？学生买月票有优惠吗？",
    answer: "地铁二号线首班车早上8点从火车站发车。学生购买月票不享受任何优惠。",
    contexts: METRO_ZH,
    groundTruth: "首班车早上6点发车；学生凭有效证件买月票五折。",
  },
  {
    id: "gift-card",
    fault: null,
    twin: null,
    question: "Can I return an activated gift card?",
    answer: "No. Gift cards cannot be returned once they have been activated.",
    contexts: [...REFUND_EN].reverse(),
    groundTruth: "No, activated gift cards cannot be returned.",
  },
  {
    id: "sick-leave",
    fault: null,
    twin: null,
    question: "请病假要什么时候通知主管？",
    answer: "请病假需要在当天上午十点之前通知直属主管，并在返岗后三天内提交医院证明。",
    contexts: LEAVE_ZH,
    groundTruth: "当天上午十点之前通知直属主管。",
  },
];
