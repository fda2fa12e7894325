/// What was thought of for the user to accept or reject (M24): changes of the memory, skills and
/// commands. A proposal is kept with what each of its changes rests on, and nothing changes before
/// the user accepts it. [mimo.agent.dream] and [mimo.agent.distill] think of such changes.
@NullMarked
package mimo.agent.proposal;

import org.jspecify.annotations.NullMarked;
