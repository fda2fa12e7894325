/// The session of an agent: everything that was said and done for one step, written down before
/// anything acts on it (D25).
///
/// A [mimo.agent.session.SessionFact] is one thing that happened. [mimo.agent.session.AgentSession]
/// reads the facts of an earlier process and adds new ones; the loop goes through a
/// [mimo.agent.session.SessionAttempt], which gives it back what it already heard and keeps what it
/// hears for the first time.
@NullMarked
package mimo.agent.session;

import org.jspecify.annotations.NullMarked;
