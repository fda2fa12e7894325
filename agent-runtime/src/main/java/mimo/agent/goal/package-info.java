/// The goal an agent works towards, and the gate it has to pass before it may stop (G1 to G11).
///
/// [mimo.agent.goal.GoalGate] runs checks first, and asks an independent judge only if all of them
/// pass; every step of it is written down before it counts. What fails, is late or cannot be proved
/// by a literal quote is never a pass.
@NullMarked
package mimo.agent.goal;

import org.jspecify.annotations.NullMarked;
