/// The command `mimo`: the one room that prints, exits and reads the environment.
///
/// [Main] is where the process begins, `House` where the rooms are joined. The packages below parse
/// words, read the configuration, and show what happens.
@NullMarked
package mimo.cli;

import org.jspecify.annotations.NullMarked;
