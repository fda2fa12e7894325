/// JSON as this room reads it: strictly, and with limits.
@NullMarked
package mimo.agent.json;

import org.jspecify.annotations.NullMarked;
