/// Answers with a shape: schemas checked before money is spent, and values checked before anyone
/// acts on them.
///
/// This package alone touches the schema validator, which is loaded when a first schema is met.
@NullMarked
package mimo.agent.output;

import org.jspecify.annotations.NullMarked;
