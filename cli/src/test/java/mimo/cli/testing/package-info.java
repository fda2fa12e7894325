/// Doubles and tools for the tests of the command line.
///
/// [Golden] holds visible output against files, [ScriptedRuns] plays runs without an engine, and
/// [TestStreams] catches what a command prints.
@NullMarked
package mimo.cli.testing;

import org.jspecify.annotations.NullMarked;
