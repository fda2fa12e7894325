/// The work items an agent keeps for itself while it works (A42, T1 to T3).
///
/// [mimo.agent.task.TaskList] is a value: what was done to it, call by call, is all there is to it.
/// So a session that goes on has it again from the calls that are recorded, and nothing else is
/// stored.
@NullMarked
package mimo.agent.task;

import org.jspecify.annotations.NullMarked;
