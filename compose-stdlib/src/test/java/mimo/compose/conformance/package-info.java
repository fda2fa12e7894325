/// The conformance suite of the language: numbered cases that every sandbox must play alike.
///
/// A case is a script with its world and its outcome in comments at its head, which [CaseFile]
/// reads. Cases that no script can show are proved by other tests, which the suite's index names.
@NullMarked
package mimo.compose.conformance;

import org.jspecify.annotations.NullMarked;
