/// What agents may do: rules, who set them, and the one way in which they are weighed (A52). A call
/// of a tool is ruled by what it needs (a file, a command, a server), so that no tool is a way
/// round a rule for another. Who is asked, and what "always" means from then on, belongs here too.
@NullMarked
package mimo.agent.permission;

import org.jspecify.annotations.NullMarked;
