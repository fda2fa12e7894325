/// Doubles of the engine's ports, written by hand, for the tests of every room.
///
/// They keep the contracts of the real things, so that what passes with them means something:
/// [mimo.engine.testing.InMemoryJournal] passes the same suite as the store on disk. Nothing here
/// reaches beyond the process but [mimo.engine.testing.TestJvm], which starts another one.
@NullMarked
package mimo.engine.testing;

import org.jspecify.annotations.NullMarked;
