export const meta = { name: "failing", description: "Fails on its fourth line." };

const plan = null;
return plan.steps;
