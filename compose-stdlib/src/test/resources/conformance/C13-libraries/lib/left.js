import "./right.js";
export const left = 1;
