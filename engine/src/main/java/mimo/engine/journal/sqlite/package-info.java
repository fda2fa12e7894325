/// The journal in one SQLite file, shared by many processes (D12 to D17, D41 to D44).
///
/// One thread of each process writes, and commits all that is waiting at once; readers have a
/// connection of their own. Two things decide who owns a stream: an operating-system lock, which
/// dies with its process, and a fencing number, which every append must still hold.
@NullMarked
package mimo.engine.journal.sqlite;

import org.jspecify.annotations.NullMarked;
