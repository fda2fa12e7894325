// Counts what is in each folder, all folders through one stage before any goes on to the next. With
// failFast, the first folder that cannot be read ends the work.
export const meta = {
  name: "inventory",
  description: "Describes each folder of the workspace.",
  dialect: "odw",
};

const files = await glob("**/*", { gitignore: true });
const folderOf = (file) => (file.includes("/") ? file.split("/")[0] : ".");
const folders = [...new Set(files.map(folderOf))];

const described = await pipeline(
  folders,
  [
    {
      name: "count",
      run: (folder) => {
        const inside = files.filter((file) => folderOf(file) === folder);
        return { folder, files: inside.length };
      },
    },
    {
      name: "describe",
      run: async (counted, { agent, itemIndex, stageName }) => {
        const said = await agent({
          id: `${stageName} ${itemIndex}`,
          prompt: `What is in ${counted.folder}?`,
        });
        if (!said.ok) throw new Error(said.error.message);
        return { ...counted, text: said.text };
      },
    },
  ],
  { strategy: "stage-barrier", failFast: true },
);
return { described, losses: described.losses };
