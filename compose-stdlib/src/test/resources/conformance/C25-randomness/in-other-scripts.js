// C25 (L33) A nested run has dice of its own, which follow from the run's: the same again each time.
// trial: one run
// asks: dice
// asks: dice
// result: {"own":"425145","twice":["334146","631655"]}
// trial: another run
// seed: cd
// asks: dice
// asks: dice
// result: {"own":"541253","twice":["534425","343564"]}

export const meta = { name: "c25", description: "Lets others throw dice." };

const dice = () => Array.from({ length: 6 }, () => 1 + Math.floor(Math.random() * 6)).join("");
const own = dice();
const twice = [await workflow("dice"), await workflow("dice")];
return { own, twice };
