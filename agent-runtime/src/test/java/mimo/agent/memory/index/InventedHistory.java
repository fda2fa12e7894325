package mimo.agent.memory.index;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import mimo.agent.memory.index.RetrievalSet.Asked;
import mimo.agent.memory.index.RetrievalSet.Text;

/// Makes long conversations about invented projects, and questions about what was said in them: in
/// other words than it was said in, among much that is said about the same things.
final class InventedHistory {

  private static final List<String> PEOPLE =
      List.of("Mira", "Jonas", "Aiko", "Tomas", "Priya", "Owen", "Lena", "Diego");
  private static final List<String> PARTS =
      List.of(
          "billing service",
          "search page",
          "upload worker",
          "mobile app",
          "report generator",
          "login flow",
          "image cache",
          "mail queue",
          "pricing table",
          "import script",
          "notification hub",
          "audit log",
          "map view",
          "chat widget",
          "backup job",
          "recommendation engine");
  private static final List<String> TOOLS =
      List.of(
          "Redis",
          "Kafka",
          "Postgres",
          "Terraform",
          "Grafana",
          "Webpack",
          "Nginx",
          "Playwright",
          "RabbitMQ",
          "Elasticsearch",
          "Docker",
          "Gradle");
  private static final List<String> PLACES =
      List.of("Lisbon", "Kyoto", "Bergen", "Porto", "Tallinn", "Quito", "Graz", "Halifax");
  private static final List<String> HOBBIES =
      List.of(
          "pottery", "climbing", "violin", "gardening", "chess", "sailing", "baking", "fencing");

  /// What is said, what is asked about it, and what is said of the same things beside the point.
  /// `P` is a person, `Q` another one, `S` a part of the project, `T` a tool, `N` a number, `L` a
  /// place, `H` a hobby. A statement with a bar is two turns: the second one answers.
  private record Theme(String kind, String statement, String question, String noise) {}

  private static final List<Theme> THEMES =
      List.of(
          new Theme(
              "inflected",
              "I decided we are migrating the S to T next sprint.",
              "Which decision was made about the migration of the S to T?",
              "The S still feels slow to me today."),
          new Theme(
              "inflected",
              "The S crashed because its timeout was configured to N seconds.",
              "What configuration made the S crash?",
              "I restarted the S twice this morning."),
          new Theme(
              "inflected",
              "P has been studying H since moving to L.",
              "What does P study since the move to L?",
              "P said the weather in L is mild."),
          new Theme(
              "inflected",
              "We measured N requests per second on the S before it failed.",
              "What did the measurement of requests on the S show before the failure?",
              "Somebody should write a measurement plan for the S."),
          new Theme(
              "answer",
              "Which port does the S listen on, Q?|N, and please keep it that way.",
              "What port is the S listening on?",
              "The port question came up for another component."),
          new Theme(
              "answer",
              "P, where did you spend your holidays?|In L, we rented a tiny house there.",
              "Where did P spend the holidays?",
              "Holidays are coming and the S is not ready."),
          new Theme(
              "answer",
              "Who is going to own the S from now on?|I will, together with P.",
              "Who owns the S now?",
              "Ownership of documents is unclear in general."),
          new Theme(
              "answer",
              "Why did the S deploy get rolled back?|A wrong certificate, I renewed it by hand.",
              "For what reason was the deployment of the S rolled back?",
              "The next deploy window is on Thursday."),
          new Theme(
              "plain",
              "Please never run the S against production data; use fixture set N.",
              "Which fixture set should the S use instead of production data?",
              "Production looked calm all night."),
          new Theme(
              "plain",
              "The retryLimit of the S must stay at N because T throttles us.",
              "What is the retry limit of the S?",
              "Retries are logged at debug level."),
          new Theme(
              "plain",
              "I adopted two kittens in L, they destroy every cable of mine.",
              "Which pets were adopted in L?",
              "L has lovely trams."),
          new Theme(
              "plain",
              "For the S we rejected T since its licence changed.",
              "Why was T rejected for the S?",
              "T released a new version."),
          new Theme(
              "synonym",
              "I am allergic to peanuts, so no satay at the L dinner.",
              "What food can somebody not eat at the dinner in L?",
              "The dinner in L is booked for eight people."),
          new Theme(
              "synonym",
              "The S shows wrong totals whenever a customer lives in L.",
              "Where do customers live for whom the S totals are incorrect?",
              "Customers from abroad like the S."),
          new Theme(
              "dated",
              "Today I finally shipped the S, with N tests.",
              "What was shipped on D?",
              "Shipping estimates for the S are guesses."),
          new Theme(
              "dated",
              "My sister got married in L today.",
              "Whose wedding took place on D?",
              "A wedding hall in L burned down years ago."),
          new Theme("chinese", "S的端口改成了N，以后不要再动。", "S用的是哪个端口？", "S今天又有人问起。"),
          new Theme("chinese", "我们决定把S迁移到T，下周开始。", "S要迁移到什么上面？", "S的文档还没有写完。"),
          new Theme("chinese", "P上个月搬到L学习H了。", "P搬到哪里去学习了？", "P今天请假了，L很冷。"),
          new Theme("chinese", "S崩溃的原因是证书过期，我手动续了。", "S为什么会崩溃？", "S的日志太多了。"));

  private static final List<String> TALK =
      List.of(
          "Thanks, that helps a lot.",
          "Let me look at it after lunch.",
          "Good morning everyone!",
          "I will be late for the standup.",
          "Did anybody see my headphones?",
          "The build is green again.",
          "Coffee?",
          "Nice, well done.",
          "I am not sure about that.",
          "Can we talk about it tomorrow?",
          "The meeting about the S was moved.",
          "What do you think of the S, Q?",
          "T gave me a hard time today.",
          "Has P answered yet?",
          "Somebody mentioned the S in the retrospective.",
          "I like working from L.",
          "Let us review the numbers of the S together.",
          "We should migrate something one day.",
          "My H class was cancelled.",
          "好的，收到。",
          "S的事情明天再说吧。",
          "今天先到这里。");

  private final Random random;
  private final List<Text> texts = new ArrayList<>();
  private final List<Asked> questions = new ArrayList<>();

  private InventedHistory(Random random) {
    this.random = random;
  }

  /// @param collections conversations
  /// @param sessions of each
  static RetrievalSet make(long seed, int collections, int sessions) {
    var all = new LinkedHashMap<String, List<Text>>();
    var questions = new ArrayList<Asked>();
    for (int i = 0; i < collections; i++) {
      var history = new InventedHistory(new Random(seed + i));
      history.write("c" + i, sessions);
      all.put("c" + i, history.texts);
      questions.addAll(history.questions);
    }
    return new RetrievalSet(all, questions);
  }

  private void write(String collection, int sessions) {
    var day = LocalDate.of(2023, 1, 9);
    var used = new ArrayList<String>();
    for (int session = 1; session <= sessions; session++) {
      day = day.plusDays(1 + random.nextInt(6));
      var heading = "Session " + session + ", " + written(day);
      int facts = 0;
      for (int turn = 0; turn < 22; turn++) {
        if (turn % 7 == 3 && facts < 3) {
          facts++;
          fact(collection, session, heading, day, used);
        } else {
          var talk =
              random.nextInt(4) == 0
                  ? THEMES.get(random.nextInt(THEMES.size())).noise()
                  : TALK.get(random.nextInt(TALK.size()));
          say(session, heading, filled(talk, slots()));
        }
      }
    }
  }

  private void fact(
      String collection, int session, String heading, LocalDate day, List<String> used) {
    var theme = THEMES.get(random.nextInt(THEMES.size()));
    Map<String, String> slots;
    String question;
    do {
      slots = slots();
      slots.put("D", other(day));
      question = filled(theme.question(), slots);
    } while (used.contains(question) && random.nextInt(200) > 0);
    if (used.contains(question)) {
      return;
    }
    used.add(question);
    var evidence = new ArrayList<String>();
    for (var part : theme.statement().split("\\|", -1)) {
      evidence.add(say(session, heading, filled(part, slots)));
    }
    // Where one asks and another answers, the answer is what must be found.
    questions.add(new Asked(collection, theme.kind(), question, List.of(evidence.getLast())));
  }

  private String say(int session, String heading, String words) {
    var id = "s" + session + ":" + texts.size();
    texts.add(new Text(id, "s" + session, heading, PEOPLE.get(random.nextInt(4)) + ": " + words));
    return id;
  }

  private Map<String, String> slots() {
    var slots = new LinkedHashMap<String, String>();
    slots.put("P", one(PEOPLE));
    slots.put("Q", one(PEOPLE));
    slots.put("S", one(PARTS));
    slots.put("T", one(TOOLS));
    slots.put("L", one(PLACES));
    slots.put("H", one(HOBBIES));
    slots.put("N", String.valueOf(1000 + random.nextInt(8000)));
    return slots;
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static String filled(String text, Map<String, String> slots) {
    var filled = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      var letter = String.valueOf(text.charAt(i));
      boolean alone =
          (i == 0 || !isLetter(text.charAt(i - 1)))
              && (i + 1 == text.length() || !isLetter(text.charAt(i + 1)));
      filled.append(alone ? slots.getOrDefault(letter, letter) : letter);
    }
    return filled.toString();
  }

  private static boolean isLetter(char letter) {
    return letter < 128 && Character.isLetter(letter);
  }

  private static String written(LocalDate day) {
    return day.format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH));
  }

  /// The same day as somebody else writes it.
  private static String other(LocalDate day) {
    return day.format(DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH));
  }
}
