import { put } from "./base.mjs";

log("questions");
export let count = 0;
const asking = (text) => () => {
  count++;
  return put(text);
};
export const matters = asking("Which files matter?");
export default asking("Which of them are old?");
