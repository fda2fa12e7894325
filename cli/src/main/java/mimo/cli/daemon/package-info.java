/// This program in processes of its own.
///
/// The launcher is what starts them, so that each finds its Java and its libraries as every start
/// does. A daemon is known by a small file that names its process and when that began; nobody is
/// ever looked for by name, and a file whose process is gone means nothing.
@NullMarked
package mimo.cli.daemon;

import org.jspecify.annotations.NullMarked;
