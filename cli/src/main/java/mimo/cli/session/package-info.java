/// Sessions of this machine's store, as the commands see them: what somebody says to an agent
/// outside any workflow.
///
/// [mimo.cli.session.LocalSessions] joins the engine's sessions with the agents' conversations.
@NullMarked
package mimo.cli.session;

import org.jspecify.annotations.NullMarked;
