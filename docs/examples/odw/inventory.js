// Counts what is in each folder, all folders through one stage before any goes on to the next. With
// failFast, the first folder that cannot be read ends the work.
export const meta = {
  name: "inventory",
  description: "Describes each folder of the workspace.",
  dialect: "odw",
};

const files = await glob("**/*", { gitignore: true });
const folders = [...new Set(files.map((file) => (file.includes("/") ? file.split("/")[0] : ".")))];

const described = await pipeline(
  folders,
  [
    { name: "count", run: (folder) => ({ folder, files: files.filter((file) => file.startsWith(`${folder}/`)).length }) },
    {
      name: "describe",
      run: async (counted, { agent, itemIndex, stageName }) => {
        const said = await agent({ id: `${stageName} ${itemIndex}`, prompt: `What is in ${counted.folder}?` });
        if (!said.ok) throw new Error(said.error.message);
        return { ...counted, text: said.text };
      },
    },
  ],
  { strategy: "stage-barrier", failFast: true },
);
return { described, losses: described.losses };
