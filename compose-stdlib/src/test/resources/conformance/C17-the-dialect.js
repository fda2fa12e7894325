// C17 (L20) The launch names the dialect, else `meta`; the folder counts after both.
// trial: as meta says
// result: "odw"
// trial: as the launch says
// dialect: mimocode
// result: "another"

export const meta = { name: "c17", description: "Is written for odw.", dialect: "odw" };

return typeof loop === "function" ? "odw" : "another";
