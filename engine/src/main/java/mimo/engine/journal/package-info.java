/// The journal: append-only streams of records, and what the entries of a run look like in them.
///
/// [mimo.engine.journal.Journal] is the port a store implements; it moves text and knows no entry.
/// [mimo.engine.journal.JournalCodec] is the only way from an entry to a record, and it redacts on
/// that way, so nothing unclean can become durable.
@NullMarked
package mimo.engine.journal;

import org.jspecify.annotations.NullMarked;
