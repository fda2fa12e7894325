// C09 (L10, L111) Where it waits for nothing is told.
// fails: deadlock at 7:3: the script awaits a promise that nothing can settle: no agent, read or other call is open

export const meta = { name: "c09", description: "Has a main function." };

export default async function () {
  await new Promise(() => {});
}
