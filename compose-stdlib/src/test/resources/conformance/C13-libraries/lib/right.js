import "./left.js";
export const right = 1;
