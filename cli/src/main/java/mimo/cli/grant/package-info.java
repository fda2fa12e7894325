/// What a script asks its user for at the launch of a run (L7), and what became of it.
///
/// A request is looked at with the user's rules, put to whoever sits there, and the answer is kept
/// with the run's options: so it is asked once, and lasts as long as the run.
@NullMarked
package mimo.cli.grant;

import org.jspecify.annotations.NullMarked;
