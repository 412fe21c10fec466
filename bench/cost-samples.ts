/** Bodies as a Dify workflow posts them, each of its own facts, so that no two are the same payload. */
export function scoreBody(seed: number, language: "en" | "zh" = seed % 2 === 0 ? "en" : "zh") {
  return language === "en" ? english(seed) : chinese(seed);
}

function english(seed: number) {
  const years = 1 + (seed % 9);
  return {
    question: `How long is the warranty of model X${seed}, and who pays for repairs?`,
    answer: `Model X${seed} has a warranty of ${years} years. Repairs within the warranty are free of charge. Shipping is paid by the customer. Batteries are covered for ${years + 1} years.`,
    contexts: [0, 1, 2, 3, 4].map((rank) =>
      rank === 2
        ? `Model X${seed} comes with a warranty of ${years} years from the day of purchase. Repairs within the warranty are free of charge. The customer pays for shipping. Batteries are covered for six months.`
        : `Chapter ${rank + seed} of the handbook describes how to set up the device, how to clean it and where to find its serial number. Keep the handbook near the device. Do not open the housing; there is nothing to repair inside.`,
    ),
    ground_truth: `${years} years; repairs are free within it, and shipping is paid by the customer.`,
  };
}

function chinese(seed: number) {
  const days = 5 + (seed % 11);
  return {
    question: `第${seed}号制度规定入职满一年有几天年假？病假需要什么材料？`,
    answer: `根据第${seed}号制度，入职满一年的员工每年有${days}天带薪年假。病假需要提交医院证明。未休完的年假可以折算成工资。`,
    contexts: [0, 1, 2, 3, 4].map((rank) =>
      rank === 1
        ? `第${seed}号制度：员工入职满一年后，每年享有${days}天带薪年假。病假须提交二级以上医院的证明。未休完的年假于次年三月底清零。`
        : `员工手册第${rank + seed}章介绍了考勤的办法：上班时间为九点至十八点，午休一小时。迟到三次记为缺勤半天，外出办事须事先登记。`,
    ),
    ground_truth: `每年${days}天带薪年假；病假需要医院证明。`,
  };
}
