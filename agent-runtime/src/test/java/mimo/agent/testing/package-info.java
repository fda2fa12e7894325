/// Doubles for what agents talk to: scripted models, a model server on loopback, and tools.
@NullMarked
package mimo.agent.testing;

import org.jspecify.annotations.NullMarked;
