/// Runs scripts where they can do nothing but ask: in a child process, on an interpreter without
/// host access, speaking in frames.
///
/// This package is the room's face. A [Sandbox] compiles one script and starts it as a [Guest]; the
/// guest's questions come out as [GuestEvent]s and answers go in by [Guest#settle]. The room knows
/// no workflow: what the questions mean is its caller's affair.
@NullMarked
package mimo.sandbox;

import org.jspecify.annotations.NullMarked;
