/// What the commands about the memory work with: its files, its index, and the sessions that were
/// told of it. What a user takes out of the memory is taken out of the store here too. The editor
/// that a user has chosen is started here, and nowhere else.
@NullMarked
package mimo.cli.memory;

import org.jspecify.annotations.NullMarked;
