/// Where models come from: the port every provider implements, and what passes through it.
@NullMarked
package mimo.agent.provider;

import org.jspecify.annotations.NullMarked;
