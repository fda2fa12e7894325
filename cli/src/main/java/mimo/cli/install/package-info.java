/// What is done once after a build, so that every start after it is fast (S4, A81).
///
/// The launcher runs [Preparation] in a JVM of its own. It unpacks SQLite's native library beside
/// the jars and has the JVM record AOT caches while the program plays itself through; a start
/// without either is slower, and the same in all else.
@NullMarked
package mimo.cli.install;

import org.jspecify.annotations.NullMarked;
