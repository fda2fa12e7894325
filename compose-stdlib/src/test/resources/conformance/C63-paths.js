// C63 (L125) Two agents after an await in each of 50 functions have equal paths in any order of answers.
// asks: 150 agents at their labels
// result: 150
// trial: oldest first
// trial: newest first
// order: newest first

export const meta = { name: "c63", description: "Asks 150 times from 50 places." };

let calls = 0;
const ask = async (place) => {
  calls++;
  await agent("Where are you?", { label: place });
};
const places = Array.from({ length: 50 }, (_, place) => `p${place}`);
await parallel(
  places.map((place) => async () => {
    await ask(place);
    await null;
    await ask(place);
    await ask(place);
  }),
);
return calls;
