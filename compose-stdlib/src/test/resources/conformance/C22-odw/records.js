// C22 (L28) In odw an agent gives a record, also where it is lost.
// dialect: odw
// answers: text: "fine"
// answers: shaped: {"n":7}
// answers: late: !timeout
// answers: stopped: !stopped
// answers: broken: !failed
// asks: text
// asks: shaped
// asks: late
// asks: stopped
// asks: broken
// loses: late timeout
// loses: stopped stopped
// loses: broken failed
// result: [[true,"succeeded","fine",null,null],[true,"succeeded","{\"n\":7}",{"n":7},null],[false,"timed_out","",null,"timeout"],[false,"cancelled","",null,"stopped"],[false,"failed","",null,"failed"]]

export const meta = { name: "c22", description: "Reads records instead of values." };

const records = [];
for (const id of ["text", "shaped", "late", "stopped", "broken"]) {
  const schema = id === "shaped" ? { type: "object" } : undefined;
  const { ok, status, text, json, error } = await agent({ id, prompt: "Go on.", schema });
  records.push([ok, status, text, json, error?.code ?? null]);
}
return records;
