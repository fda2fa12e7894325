#!/usr/bin/env -S mimo compose
// C01 (L2) A byte order mark, a hashbang line and comments may stand before `meta`.
// result: "started"
/* And so may
   the other kind of comment. */
export const meta = { name: "c01", description: "Begins with all that may come first." };

return "started";
