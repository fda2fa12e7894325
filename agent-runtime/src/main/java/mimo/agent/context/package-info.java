/// What agents are told beside their task: the instructions people keep in files (A36).
///
/// [mimo.agent.context.Instructions] are read once when a session begins and stay what they were,
/// so that the system prompt does too (A31). What lies deeper comes along with the first file that
/// is read there, by [mimo.agent.context.InstructedReads].
@NullMarked
package mimo.agent.context;

import org.jspecify.annotations.NullMarked;
