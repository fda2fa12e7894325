export const answer = await agent("now?");
