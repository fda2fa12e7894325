/// Keeps secrets out of everything durable (M10 to M13).
///
/// A [mimo.engine.redaction.Redactor] cleans text before it is written; the one implementation
/// knows the secrets this process holds, and the shapes of well-known keys. It works in time linear
/// in the text, and where it cannot work, nothing is written.
@NullMarked
package mimo.engine.redaction;

import org.jspecify.annotations.NullMarked;
