/// What earlier generations of a run came to, and who may have it again (D29 to D36).
///
/// [RecordedSteps] is the record, [Claims] hands each recorded result to at most one new step, and
/// [ReuseReport] says of every step why it hit or missed. Nothing here reads a store or runs
/// anything: a [RunLineage] is all that goes in.
@NullMarked
package mimo.engine.reuse;

import org.jspecify.annotations.NullMarked;
