package mimo.agent.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.checkpoint.ConversationSoFar.Note;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.json.Json;

/// What a model proposes for a checkpoint: items by section. The rest is not its to say: the list
/// of tasks, what was decided and demanded before, and where it ends.
///
/// @param dropped demands and decisions of before that hold no more, word for word
record Proposal(Map<Section, List<Item>> items, Set<String> dropped) {

  /// What stays from checkpoint to checkpoint unless somebody says it holds no more (K10).
  private static final Set<Section> LASTING = Set.of(Section.CONSTRAINTS, Section.DESIGN_DECISIONS);

  static final String SHAPE =
      """
      {"sections": {"active-intent": [{"text": "...", "from": ["m3", "c:call_1"]}], ...}, \
      "dropped": ["..."]}\
      """;

  /// Reads a reply: JSON, with or without a fence round it.
  ///
  /// @throws IllegalArgumentException if it is none
  static Proposal read(String reply) {
    int first = reply.indexOf('{');
    int last = reply.lastIndexOf('}');
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("the reply holds no JSON object");
    }
    var json = Json.parse(reply.substring(first, last + 1));
    var sections = json.path("sections");
    if (!sections.isObject()) {
      throw new IllegalArgumentException("the reply has no object \"sections\"");
    }
    var items = new EnumMap<Section, List<Item>>(Section.class);
    for (var name : iterable(sections)) {
      var section =
          Section.of(name)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no section \"" + name + "\""));
      items.put(section, items(sections.path(name)));
    }
    var dropped = new HashSet<String>();
    json.path("dropped").forEach(each -> dropped.add(each.asText()));
    return new Proposal(items, dropped);
  }

  private static List<String> iterable(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<Item> items(JsonNode array) {
    var items = new ArrayList<Item>();
    for (var each : array) {
      var sources = new ArrayList<String>();
      each.path("from").forEach(source -> sources.add(source.asText()));
      var text = each.path("text").asText().strip();
      if (!text.isEmpty()) {
        items.add(new Item(text, sources));
      }
    }
    return items;
  }

  /// The checkpoint that comes of it.
  ///
  /// @param until up to where the model has read
  Written written(ConversationSoFar conversation, Checkpoint previous, Mark until) {
    var sections = new EnumMap<Section, String>(Section.class);
    var spills = new ArrayList<Spill>();
    for (var section : Section.values()) {
      var fitted = Room.fit(section, itemsOf(section, previous));
      sections.put(section, fitted.body());
      spills.addAll(fitted.spills());
    }
    // These two are not the model's to say.
    var extracted = ExtractiveWriter.write(conversation, previous);
    sections.put(Section.TASK_TREE, extracted.checkpoint().section(Section.TASK_TREE));
    extracted.spills().stream()
        .filter(spill -> spill.section() == Section.TASK_TREE)
        .forEach(spills::add);
    var known = previous.section(Section.ACTIVE_INTENT);
    if (!known.isEmpty() && extracted.checkpoint().section(Section.ACTIVE_INTENT).equals(known)) {
      sections.put(Section.ACTIVE_INTENT, known);
    }
    var watermark = previous.watermark().next(Writer.MODEL, until);
    var checkpoint = new Checkpoint(watermark, sections);
    return new Written(checkpoint, spills, routed(conversation, checkpoint));
  }

  private List<Item> itemsOf(Section section, Checkpoint previous) {
    var proposed = items.getOrDefault(section, List.of());
    var before = Item.of(previous.section(section));
    if (!LASTING.contains(section)) {
      var all = new ArrayList<Item>();
      before.stream().filter(Room::isMore).forEach(all::add);
      all.addAll(proposed);
      return all;
    }
    var all = new LinkedHashMap<String, Item>();
    before.stream()
        .filter(item -> !dropped.contains(item.text()))
        .forEach(item -> all.put(item.text(), item));
    proposed.forEach(item -> all.putIfAbsent(item.text(), item));
    return List.copyOf(all.values());
  }

  /// Notes that an item names as its source.
  private static List<String> routed(ConversationSoFar conversation, Checkpoint checkpoint) {
    var named = new HashSet<String>();
    checkpoint
        .sections()
        .values()
        .forEach(body -> Item.of(body).forEach(item -> named.addAll(item.sources())));
    return conversation.notes().stream()
        .map(Note::id)
        .filter(id -> named.contains("n:" + id))
        .toList();
  }
}
