/// What people and programs see: progress on stderr, the result on stdout, and nothing raw.
///
/// Every text from a model, a tool, a file or a script passes [TerminalText] on its way out. The
/// renderers are pure: state in, lines out; only [LiveProgress] and [PlainProgress] write while a
/// run goes on.
@NullMarked
package mimo.cli.terminal;

import org.jspecify.annotations.NullMarked;
