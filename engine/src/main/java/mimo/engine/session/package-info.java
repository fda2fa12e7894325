/// Sessions that belong to no run: what somebody says to an agent, turn by turn (A12).
///
/// Each is a stream of its own, with one writer at a time. [mimo.engine.session.Sessions] opens
/// them for writing, and does not let a new one wait for the store; what is written there counts as
/// said once it is durable. [mimo.engine.session.SessionKeeper] lists, copies and removes them.
@NullMarked
package mimo.engine.session;

import org.jspecify.annotations.NullMarked;
