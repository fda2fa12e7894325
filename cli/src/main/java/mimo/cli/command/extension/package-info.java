/// `mimo skills`, `mimo commands` and `mimo hooks`: what people have laid into folders for agents.
///
/// They only look: nothing is run, and what a repository brings along is shown as far as it is
/// trusted. Where things are found is the business of [mimo.cli.extension].
@NullMarked
package mimo.cli.command.extension;

import org.jspecify.annotations.NullMarked;
