// Checks messages of commits against the house's rules. The rules are a library beside this file,
// so that other workflows can hold to them too.
export const meta = {
  name: "commit-messages",
  description: "Proposes better messages for commits that break the house's rules.",
  phases: ["Rewrite"],
};
import { faults, LONGEST_SUBJECT } from "./lib/commit-rules.mjs";
import { rewriter } from "./lib/rewriter.js";

const commits = args?.commits ?? [];
const wrong = commits
  .map((commit) => ({ ...commit, faults: faults(commit.message) }))
  .filter((commit) => commit.faults.length > 0);

phase("Rewrite");
const rewrite = rewriter({ longest: LONGEST_SUBJECT });
const rewritten = await pipeline(wrong, rewrite, (message, commit) => ({
  id: commit.id,
  faults: commit.faults,
  message,
  better: faults(message).length < commit.faults.length,
}));
return { checked: commits.length, rewritten };
