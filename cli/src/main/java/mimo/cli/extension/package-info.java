/// What repositories and users lay into folders for agents: skills, commands and hooks.
///
/// [mimo.cli.extension.SkillFiles], [mimo.cli.extension.CommandFiles] and
/// [mimo.cli.extension.HookFiles] find and read them. What a repository brings along counts only
/// while the user trusts it as it is (A57): every text is held against what was trusted when it is
/// read, not before.
@NullMarked
package mimo.cli.extension;

import org.jspecify.annotations.NullMarked;
