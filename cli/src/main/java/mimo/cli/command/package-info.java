/// The commands: each parses its words, converts them once, and hands over.
///
/// [mimo.cli.MimoCommand] finds the command that is meant. What a command needs of the rest of mimo
/// comes through [Runs]; what it needs of its surroundings comes in a [Setting].
@NullMarked
package mimo.cli.command;

import org.jspecify.annotations.NullMarked;
