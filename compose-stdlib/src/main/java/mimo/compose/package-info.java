/// The standard library of Compose scripts, and the seam from a script's calls to the engine's
/// steps.
///
/// [ComposeWorkflow] runs one script: it reads what the guest asks, turns each question into a step
/// of the run, and hands the answers back in the order the journal fixed. What can be JavaScript is
/// JavaScript: the prelude in the resources.
@NullMarked
package mimo.compose;

import org.jspecify.annotations.NullMarked;
