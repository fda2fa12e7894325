/// Command lines of bash, read but never run: which commands they hold, with which words, and which
/// files they write by redirection. Whatever is not understood whole is said to be so, since a
/// reader who guesses is one that can be fooled. Knows no rules; [mimo.agent.permission] has them.
@NullMarked
package mimo.agent.shell;

import org.jspecify.annotations.NullMarked;
