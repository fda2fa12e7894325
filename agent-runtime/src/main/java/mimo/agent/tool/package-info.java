/// What agents can do: the tools, their limits, and the port they implement.
@NullMarked
package mimo.agent.tool;

import org.jspecify.annotations.NullMarked;
