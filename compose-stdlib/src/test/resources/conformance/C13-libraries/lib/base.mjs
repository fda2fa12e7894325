log("base");
export const put = (question) => agent(question);
