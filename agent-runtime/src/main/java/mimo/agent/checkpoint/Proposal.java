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
import mimo.agent.session.OwnWords;

/// What a model proposes for a checkpoint: items by section. The rest is not its to say: the list
/// of tasks, what was decided and demanded before, and where it ends.
///
/// @param dropped demands and decisions of before that hold no more, word for word
record Proposal(Map<Section, List<Item>> items, Set<String> dropped) {

  /// What stays from checkpoint to checkpoint unless somebody says it holds no more (K10).
  private static final Set<Section> LASTING = Set.of(Section.CONSTRAINTS, Section.DESIGN_DECISIONS);

  /// Where it stands what the user wants in place of what he demanded.
  private static final Set<Section> TAKING_BACK =
      Set.of(Section.ACTIVE_INTENT, Section.CONSTRAINTS, Section.DESIGN_DECISIONS);

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
      var fitted = Room.fit(section, itemsOf(section, conversation, previous));
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
    if (!known.isEmpty()
        && extracted.checkpoint().section(Section.ACTIVE_INTENT).equals(known)
        && !quotesWhatCameLater(conversation, Item.of(known))) {
      sections.put(Section.ACTIVE_INTENT, known);
    }
    var watermark = previous.watermark().next(Writer.MODEL, until);
    var checkpoint = new Checkpoint(watermark, sections);
    return new Written(checkpoint, spills, routed(conversation, checkpoint));
  }

  /// Whether it quotes a request of the user's that came after the one that is known (K12).
  private boolean quotesWhatCameLater(ConversationSoFar conversation, List<Item> known) {
    var quoted =
        items.getOrDefault(Section.ACTIVE_INTENT, List.of()).stream()
            .flatMap(item -> item.text().lines())
            .map(String::strip)
            .filter(line -> line.startsWith(">"))
            .map(line -> line.substring(1).strip())
            .filter(line -> !line.isEmpty())
            .toList();
    int last = known.stream().mapToInt(Proposal::lastMessage).max().orElse(-1);
    return !quoted.isEmpty()
        && conversation.own(last + 1, conversation.messages().size()).stream()
            .map(OwnWords::text)
            .anyMatch(
                words -> UserWords.commit(words) && quoted.stream().allMatch(words::contains));
  }

  /// The last message an item is from; -1 if it names none.
  private static int lastMessage(Item item) {
    return item.sources().stream()
        .filter(source -> source.matches("m\\d{1,9}"))
        .mapToInt(source -> Integer.parseInt(source.substring(1)))
        .max()
        .orElse(-1);
  }

  /// What is wrong with the demands it adds: each is of a message of the user's own, and names
  /// nothing he has not named, whatever a tool or a page says (M4).
  List<String> unfounded(ConversationSoFar conversation, Checkpoint previous) {
    var own = conversation.own(0, conversation.messages().size());
    var messages = own.stream().map(words -> "m" + words.message()).toList();
    var said = String.join("\n", own.stream().map(OwnWords::text).toList());
    var before = Item.of(previous.section(Section.CONSTRAINTS)).stream().map(Item::text).toList();
    var findings = new ArrayList<String>();
    for (var item : items.getOrDefault(Section.CONSTRAINTS, List.of())) {
      if (before.contains(item.text())) {
        continue;
      }
      if (item.sources().stream().noneMatch(messages::contains)) {
        findings.add(
            "the constraint \"%s\" names no message in which the user says so"
                .formatted(item.text()));
      }
      Talk.literals(item.text()).stream()
          .filter(literal -> !said.contains(literal))
          .forEach(literal ->
              findings.add(
                  "the constraint \"%s\" names %s, which the user has not said"
                      .formatted(item.text(), literal)));
    }
    return findings;
  }

  /// Whether something holds no more. What the user demands he alone takes back, later than he
  /// demanded it; whoever says so names his words (M4).
  private boolean isDropped(
      Section section, Item item, ConversationSoFar conversation, Checkpoint previous) {
    if (!dropped.contains(item.text()) || section != Section.CONSTRAINTS) {
      return dropped.contains(item.text());
    }
    int since =
        Math.max(
            lastMessage(item),
            item.sources().isEmpty() ? previous.watermark().covered().message() : -1);
    var later =
        conversation.own(since + 1, conversation.messages().size()).stream()
            .map(words -> "m" + words.message())
            .toList();
    return items.entrySet().stream()
        .filter(each -> TAKING_BACK.contains(each.getKey()))
        .flatMap(each -> each.getValue().stream())
        .anyMatch(each -> each.sources().stream().anyMatch(later::contains));
  }

  private List<Item> itemsOf(Section section, ConversationSoFar conversation, Checkpoint previous) {
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
        .filter(item -> !isDropped(section, item, conversation, previous))
        .forEach(item -> all.put(item.text(), item));
    proposed.forEach(item -> all.putIfAbsent(item.text(), item));
    return List.copyOf(all.values());
  }

  /// Notes that an item names as its source.
  private static List<Note> routed(ConversationSoFar conversation, Checkpoint checkpoint) {
    var named = new HashSet<String>();
    checkpoint
        .sections()
        .values()
        .forEach(body -> Item.of(body).forEach(item -> named.addAll(item.sources())));
    return conversation.notes().stream().filter(note -> named.contains("n:" + note.id())).toList();
  }
}
