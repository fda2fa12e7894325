/// A run as one file, to be carried elsewhere or kept (D60).
///
/// The file holds all there is of the run: what it was asked, its entries, its large values, its
/// sessions and its scripts. Each line is JSON by itself, entries stand there byte for byte, and
/// the hash chain of each stream vouches for them. What goes in is cleaned once more, by rules that
/// would be too bold while the run is still at work.
@NullMarked
package mimo.engine.archive;

import org.jspecify.annotations.NullMarked;
