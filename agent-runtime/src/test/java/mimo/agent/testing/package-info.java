/// Doubles for agents: models that say what they are told to, listeners that remember.
@NullMarked
package mimo.agent.testing;

import org.jspecify.annotations.NullMarked;
