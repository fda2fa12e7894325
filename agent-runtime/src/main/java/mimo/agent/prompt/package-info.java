/// Commands: prompts that people keep in files and call by name (A38).
///
/// A [mimo.agent.prompt.PromptCommand] is such a file, and what it makes of the words behind its
/// name is a prompt like any other. Words of the caller are put in once and never read again, and
/// no shell sees any of it.
@NullMarked
package mimo.agent.prompt;

import org.jspecify.annotations.NullMarked;
