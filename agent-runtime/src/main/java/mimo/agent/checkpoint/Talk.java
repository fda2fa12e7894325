package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;

/// What was said in a part of a conversation, sorted by what it is good for (K14).
final class Talk {

  private static final int ANSWER_CHARS = 60;
  private static final int SENTENCE_CHARS = 600;

  private static final Pattern DECIDED =
      Pattern.compile(
          "(?i)\\b(?:decid(?:e|ed|ing)|decision|chose|chosen|choose|opt(?:ed)? for|instead of"
              + "|rather than|we(?:'ll| will| use)|let's use|go(?:ing)? with|prefer(?:red)?"
              + "|rejected|trade-?off|settle(?:d)? on|agreed)\\b|决定|选择|采用|选用|而不是|放弃|改用|约定");

  private static final Pattern FOUND =
      Pattern.compile(
          "(?i)\\b(?:found (?:that|out)|turns? out|discovered|noticed|(?:root )?cause|because|due"
              + " to|it (?:seems|appears|looks like)|note that|in fact|actually|the"
              + " (?:reason|problem|issue|bug) (?:is|was))\\b|原来|发现|原因|因为|注意到|其实|问题是");

  /// What is worth keeping to the letter: code, paths, numbers, names.
  private static final Pattern LITERAL =
      Pattern.compile(
          "`[^`]+`|\"[^\"]{2,}\"|(?:^|\\s|[(:=])[\\w.-]*/[\\w./-]+|\\b\\w+\\.[a-z]{1,5}\\b"
              + "|\\b\\d{2,}\\b|\\b[A-Za-z]+_[A-Za-z_0-9]+\\b|\\b[a-z]+[A-Z]\\w+\\b"
              + "|--[a-z][\\w-]+|\\b[A-Z]{2,}\\d*\\b");

  private static final Pattern LATER =
      Pattern.compile(
          "(?i)\\bto-?do\\b|\\b(?:left over|still (?:to|has to|needs|open)|remaining|later"
              + " on|follow-?up|for later|not yet)\\b|待办|以后再|之后再|遗留|尚未");

  private static final Pattern NEXT =
      Pattern.compile(
          "(?i)^(?:next\\b|now\\b|then\\b|i(?:'ll| will| am going to|'m going to| need to)\\b|let"
              + " me\\b|the next step\\b)|^(?:接下来|下一步|现在我|我将|然后)");

  private final List<Message> messages;
  private final List<Words> ofUser;
  private final int from;

  /// @param own what the user says himself
  /// @param from the first message that is looked at
  Talk(List<Message> messages, List<OwnWords> own, int from) {
    this.messages = messages;
    this.ofUser = own.stream().map(each -> new Words(each.message(), each.text())).toList();
    this.from = from;
  }

  /// Words of somebody in a message.
  record Words(int message, String text) {
    String source() {
      return "m" + message;
    }
  }

  /// What of a text is worth keeping to the letter, without the marks round it.
  static List<String> literals(String text) {
    var found = new ArrayList<String>();
    var matcher = LITERAL.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group().replaceAll("^[\\s(:=`\"]+|[`\"]+$", ""));
    }
    return found;
  }

  /// Whether a text tells of something left over.
  static boolean isLater(String text) {
    return LATER.matcher(text).find();
  }

  /// What the user says himself, message by message.
  List<Words> ofUser() {
    return ofUser;
  }

  /// What the model says, message by message.
  List<Words> ofModel() {
    var all = new ArrayList<Words>();
    for (int i = from; i < messages.size(); i++) {
      var said = ofModel(i);
      if (!said.isEmpty()) {
        all.add(new Words(i, said));
      }
    }
    return all;
  }

  private String ofModel(int message) {
    return message >= 0 && messages.get(message) instanceof Message.Model(var content)
        ? Content.words(content, Content.Text.class).strip()
        : "";
  }

  /// The last message in which the user commits to something (K12); empty if there is none.
  Optional<Words> commitment() {
    return ofUser().stream()
        .filter(words -> UserWords.commit(words.text()) && !isAnswer(words))
        .reduce((_, later) -> later);
  }

  /// What only answers a question of the model's commits to nothing else: yes, no, a choice, or
  /// words of the question itself. What says more is a request.
  private boolean isAnswer(Words words) {
    var before = ofModel(words.message() - 1);
    boolean asked = before.endsWith("?") || before.endsWith("？");
    return asked
        && words.text().length() <= ANSWER_CHARS
        && UserWords.answers(words.text(), lastSentence(before));
  }

  List<Item> duties() {
    var items = new ArrayList<Item>();
    for (var words : ofUser()) {
      for (var duty : UserWords.duties(words.text())) {
        var head = duty.forbidden() ? "must not: " : "must: ";
        items.add(new Item(head + duty.sentence() + " (the user says so)", words.source()));
      }
    }
    return items;
  }

  List<Item> decisions() {
    var items = new ArrayList<Item>();
    for (var words : ofUser()) {
      if (isAnswer(words)) {
        var asked = lastSentence(ofModel(words.message() - 1));
        items.add(
            new Item(
                "To \"%s\" the user says: %s".formatted(asked, oneLine(words.text())),
                "m" + (words.message() - 1),
                words.source()));
      } else {
        sentences(words, DECIDED, "the user: ", items);
      }
    }
    for (var words : ofModel()) {
      sentences(words, DECIDED, "the agent: ", items);
    }
    return items;
  }

  /// What the user tells to the letter and wants nothing with, and what the agent found out.
  List<Item> discoveries() {
    var items = new ArrayList<Item>();
    for (var words : ofUser()) {
      for (var sentence : UserWords.sentences(words.text())) {
        if (LITERAL.matcher(sentence).find()
            && UserWords.duties(sentence).isEmpty()
            && !DECIDED.matcher(sentence).find()
            && !sentence.endsWith("?")) {
          items.add(new Item("the user: " + cut(sentence), words.source()));
        }
      }
    }
    for (var words : ofModel()) {
      for (var sentence : UserWords.sentences(words.text())) {
        if (FOUND.matcher(sentence).find() && !DECIDED.matcher(sentence).find()) {
          items.add(new Item("the agent: " + cut(sentence), words.source()));
        }
      }
    }
    return items;
  }

  List<Item> leftOver() {
    var items = new ArrayList<Item>();
    for (var words : ofModel()) {
      sentences(words, LATER, "the agent: ", items);
    }
    for (var words : ofUser()) {
      for (var sentence : UserWords.sentences(words.text())) {
        if (sentence.endsWith("?") || sentence.endsWith("？") || LATER.matcher(sentence).find()) {
          items.add(new Item("the user: " + cut(sentence), words.source()));
        }
      }
    }
    return items;
  }

  /// What the model said last that it will do; empty if it has not.
  Optional<Item> announced() {
    return ofModel().reversed().stream().limit(3).flatMap(Talk::nextIn).findFirst();
  }

  private static Stream<Item> nextIn(Words words) {
    return UserWords.sentences(words.text()).reversed().stream()
        .filter(sentence -> NEXT.matcher(sentence).find())
        .map(sentence -> new Item("the agent: " + cut(sentence), words.source()));
  }

  private static void sentences(Words words, Pattern pattern, String head, List<Item> items) {
    for (var sentence : UserWords.sentences(words.text())) {
      if (pattern.matcher(sentence).find()) {
        items.add(new Item(head + cut(sentence), words.source()));
      }
    }
  }

  private static String lastSentence(String text) {
    var all = UserWords.sentences(text);
    return all.isEmpty() ? "" : cut(all.getLast());
  }

  private static String oneLine(String text) {
    return cut(text.replaceAll("\\s*\\R\\s*", " "));
  }

  static String cut(String text) {
    return text.length() <= SENTENCE_CHARS ? text : text.substring(0, SENTENCE_CHARS) + " …";
  }
}
