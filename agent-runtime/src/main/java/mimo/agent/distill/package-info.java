/// What the sessions of the last weeks teach, proposed to the user as skills and commands (M24).
/// [mimo.agent.distill.Repetitions] counts what was done again and again,
/// [mimo.agent.distill.Transcript] is what a model is shown of it, and what it answers becomes a
/// draft only if its quotes stand in what was said and the program itself can read the file.
@NullMarked
package mimo.agent.distill;

import org.jspecify.annotations.NullMarked;
