package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Shows the rule against static state both what it must refuse and what it must spare.
final class StaticStateTest {

  @Test
  void catchesFieldsThatAreOrMayBecomeState() {
    var classes =
        Specimens.compile(
            """
            package mimo.engine;
            class State {
              static int count;
              static final java.util.Map<String, String> CACHE = new java.util.HashMap<>();
              static final java.util.ArrayList<String> NAMES = new java.util.ArrayList<>();
              static final java.util.concurrent.atomic.AtomicInteger NEXT =
                  new java.util.concurrent.atomic.AtomicInteger();
              static final String[] WORDS = {"a"};
              static final Counter COUNTER = new Counter();
            }
            """,
            "package mimo.engine; class Counter { int value; }");

    assertEquals(
        List.of(
            "mimo.engine.State#count is static and not final: state belongs to an object that"
                + " House makes",
            "mimo.engine.State#CACHE may be changed later: let its value come from of(…) or"
                + " copyOf(…)",
            "mimo.engine.State#NAMES is of the mutable type java.util.ArrayList: give it to the"
                + " object that needs it",
            "mimo.engine.State#NEXT is of the mutable type"
                + " java.util.concurrent.atomic.AtomicInteger: give it to the object that needs it",
            "mimo.engine.State#WORDS is an array others can write to: make it private, or a"
                + " List.of(…)",
            "mimo.engine.State#COUNTER is of the type mimo.engine.Counter, which has a field that"
                + " is not final"),
        StaticState.find(classes, Map.of()));
  }

  @Test
  void sparesConstantsAndWhatIsAllowedByName() {
    var classes =
        Specimens.compile(
            """
            package mimo.engine;
            import java.util.stream.Collectors;
            import java.util.stream.Stream;
            enum Fine {
              ONE, TWO;
              static final java.util.List<String> NAMES = java.util.List.of("a");
              static final java.util.Set<String> SET =
                  Stream.of("a").collect(Collectors.toUnmodifiableSet());
              static final java.util.regex.Pattern SHAPE = java.util.regex.Pattern.compile("a");
              private static final String[] WORDS = {"a"};
              static final int LIMIT = 3;
              static final StringBuilder REASONED = new StringBuilder();
              int at(Fine f) { return switch (f) { case ONE -> 1; case TWO -> WORDS.length; }; }
            }
            """);

    assertEquals(
        List.of(), StaticState.find(classes, Map.of("mimo.engine.Fine#REASONED", "why not")));
  }
}
