package mimo.agent.memory;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.memory.MarkdownText.Block;
import mimo.agent.memory.MarkdownText.Kind;
import mimo.agent.memory.index.Document.Section;

/// Cuts a text of the memory into what is found as one: what stands under one heading, in parts if
/// it is long.
final class Sections {

  private final List<Section> sections = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private String heading = "";
  private int first;
  private int last;

  private Sections() {}

  /// @param clean without secrets
  static List<Section> of(String clean) {
    var sections = new Sections();
    MarkdownText.of(clean).blocks().forEach(sections::add);
    sections.close();
    return List.copyOf(sections.sections);
  }

  private void add(Block block) {
    if (block.kind() == Kind.HEADING) {
      close();
      heading = block.path();
      first = block.first();
      last = block.first();
      return;
    }
    var text = block.kind() == Kind.ENTRY ? Provenance.without(block.raw()) : "";
    if (text.isBlank()) {
      return;
    }
    if (!body.isEmpty() && body.length() + text.length() > AgentLimits.MEMORY_SECTION_CHARS) {
      close();
    }
    first = body.isEmpty() && first == 0 ? block.first() : first;
    for (var line : MarkdownText.lines(text)) {
      // One block may be longer than a section.
      if (!body.isEmpty() && body.length() + line.length() > AgentLimits.MEMORY_SECTION_CHARS) {
        close();
      }
      first = first == 0 ? block.first() : first;
      body.append(line);
    }
    last = block.first() + block.lines() - 1;
  }

  /// A heading alone is found too: it may be all there is.
  private void close() {
    if (!body.isEmpty() || (first > 0 && !heading.isEmpty())) {
      sections.add(new Section(heading, body.toString().strip(), first, Math.max(first, last)));
    }
    body.setLength(0);
    first = 0;
  }
}
