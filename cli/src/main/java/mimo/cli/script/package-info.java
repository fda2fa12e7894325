/// The files of the user: which scripts and agents there are, and which one a name means.
///
/// [Scripts] looks through the folders, nearest first; [AgentFiles] does the same for agents. Files
/// are read here and nowhere else; what they say is judged by the rooms that run them.
@NullMarked
package mimo.cli.script;

import org.jspecify.annotations.NullMarked;
