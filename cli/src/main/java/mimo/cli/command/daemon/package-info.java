/// `mimo daemon`: somebody who goes on with parked runs while nobody is there.
///
/// The daemon is `mimo runs resume --due --watch` that stays when nothing is parked. It owns no run
/// and keeps nothing of its own: kill it at any moment, and there is nothing to clean up.
@NullMarked
package mimo.cli.command.daemon;

import org.jspecify.annotations.NullMarked;
