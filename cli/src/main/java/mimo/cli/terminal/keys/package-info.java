/// What somebody types, key by key, and the few lines at the bottom of the terminal it appears in.
///
/// [Keyboard] puts the terminal into a state in which each key arrives by itself, and back again at
/// the end; [KeyDecoder] makes keys of what the terminal sends. [InputLine] is the text being
/// typed, [LiveTail] the lines that are painted anew below everything that has been printed once.
@NullMarked
package mimo.cli.terminal.keys;

import org.jspecify.annotations.NullMarked;
