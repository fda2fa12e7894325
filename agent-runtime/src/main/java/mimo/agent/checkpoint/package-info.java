/// The state of a session in words, kept beside its conversation, so that whoever goes on after the
/// conversation has become too long knows what is wanted, what was done and what comes next (K1 to
/// K15).
///
/// A [mimo.agent.checkpoint.Checkpoint] is a Markdown file of eleven sections, and its
/// [mimo.agent.checkpoint.Watermark] says how much of the conversation it covers; both move in one
/// step. A model writes it where one can be asked, and [mimo.agent.checkpoint.ExtractiveWriter]
/// where none can: there always is one.
@NullMarked
package mimo.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
