/// Completion of mimo's command line in the user's shell.
///
/// [CommandWords] is what may stand where; each [Shell] turns a list of them into a script of its
/// own. The scripts hold all words, so that a completion starts no process.
@NullMarked
package mimo.cli.completion;

import org.jspecify.annotations.NullMarked;
