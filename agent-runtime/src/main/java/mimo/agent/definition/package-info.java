/// Named agents: Markdown files with a head of settings and a prompt (A39, L73).
///
/// [mimo.agent.definition.AgentDefinition] is one of them. A definition only narrows what an agent
/// may do: settings that would widen it have no meaning here. Where the files lie, and whose they
/// are, is the caller's matter.
@NullMarked
package mimo.agent.definition;

import org.jspecify.annotations.NullMarked;
