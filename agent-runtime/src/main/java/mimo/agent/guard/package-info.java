/// What keeps an agent from going on for ever, or beyond what it may spend (A58, S80, S82).
///
/// A [mimo.agent.guard.LoopGuard] sees calls that go round in a circle, and a
/// [mimo.agent.guard.WatchedReply] hears when a reply only repeats itself. They only find; the loop
/// decides what is told to the model and what ends.
@NullMarked
package mimo.agent.guard;

import org.jspecify.annotations.NullMarked;
