// Answers mails from customers in named stages, two at a time where a model is dear. In this
// dialect an agent gives a record, so a failure is a value to look at.
export const meta = {
  name: "support-desk",
  description: "Drafts answers to customers' mails.",
  dialect: "odw",
  phases: [{ title: "Classify" }, { title: "Draft" }, { title: "Check" }],
};

const mails = args?.mails ?? [];

const stages = [
  {
    name: "classify",
    run: async (mail, { agent, agentId }) => {
      const { ok, json } = await agent({
        id: agentId(),
        prompt: `What is this mail about?\n${mail.text}`,
        phase: "Classify",
        schema: { type: "object", properties: { topic: { type: "string" } }, required: ["topic"] },
      });
      return { ...mail, topic: ok ? json.topic : "unknown" };
    },
  },
  {
    name: "draft",
    concurrency: 2,
    run: async (mail, { agent, agentId, log }) => {
      context.append("topics", mail.topic);
      const draft = await agent({
        id: agentId(),
        prompt: `Answer politely, about ${mail.topic}:\n${mail.text}`,
        phase: "Draft",
      });
      if (!draft.ok) log(`no draft for ${mail.id}: ${draft.error.code}`);
      return { ...mail, draft: draft.ok ? draft.text : null };
    },
  },
];

const drafts = await pipeline(mails, stages, { strategy: "item-streaming", concurrency: 4 });
export default {
  drafts: drafts.filter(Boolean).map(({ id, topic, draft }) => ({ id, topic, draft })),
  topics: [...new Set(context.get("topics") ?? [])].sort(),
};
