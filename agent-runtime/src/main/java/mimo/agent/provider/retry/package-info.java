/// Trying again: which failures are tried again, how often, and after what delay (A26).
///
/// A [mimo.agent.provider.retry.Tried] says what became of one try; the
/// [mimo.agent.provider.retry.RetryLoop] decides what follows. Time and chance come from outside,
/// so that every row of the fault table is proved without waiting.
@NullMarked
package mimo.agent.provider.retry;

import org.jspecify.annotations.NullMarked;
