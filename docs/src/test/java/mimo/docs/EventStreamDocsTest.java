package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mimo.agent.AgentEvent;
import mimo.agent.maxmode.Choice;
import mimo.agent.provider.TokenUsage;
import mimo.cli.terminal.EventStream;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.engine.BudgetLimit;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.SourcePosition;
import mimo.engine.StepRef;
import org.junit.jupiter.api.Test;

/// Holds the page about the event stream to what is printed: every type has its row, with every
/// field it can have (D55).
final class EventStreamDocsTest {

  private static final Repository REPOSITORY = Repository.here();
  private static final RunId RUN = new RunId("7f3a00000001");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ((?:`[a-zA-Z_]+`(?:, )?)*) ?\\| .*");

  /// What is no record, or checks itself.
  private static final List<Object> READY =
      List.of(
          Instant.EPOCH,
          Duration.ofMillis(1),
          new SourcePosition("review.js", 1, 1),
          new BudgetLimit.Total("output_tokens", 1),
          new RunOrigin.Forked(RUN, 1, new StepRef(0, 1), RunOrigin.Later.REUSED, Instant.EPOCH),
          TokenUsage.NONE,
          new Choice(
              2,
              List.of(new Choice.Candidate("d", "says", null, TokenUsage.NONE)),
              0,
              Choice.How.JUDGED,
              "it fits",
              List.of()));

  private static final Pattern NAME = Pattern.compile("`([a-zA-Z_]+)`");

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
  private final EventStream stream =
      new EventStream(
          new Terminal(out, Channel.PIPE, out, Channel.PIPE), InstantSource.fixed(Instant.EPOCH));

  @Test
  void everyEventOfARunHasItsRow() throws Exception {
    var printed = new TreeMap<String, Set<String>>();
    for (var type : RunEvent.class.getPermittedSubclasses()) {
      stream.recorded(new RecordedEvent(RUN, 0, 1, Instant.EPOCH, (RunEvent) specimen(type)));
      add(printed, Set.of("v", "id", "run", "generation", "number", "time", "type"));
    }

    assertTrue(printed.size() > 10, "saw only " + printed);
    assertEquals(rows("Events of the run"), printed);
  }

  @Test
  void everyEphemeralLineHasItsRow() throws Exception {
    var printed = new TreeMap<String, Set<String>>();
    var envelope = Set.of("v", "ephemeral", "run", "seq", "time", "type");
    stream.stepStarted(RUN, 1);
    add(printed, envelope);
    for (var type : AgentEvent.class.getPermittedSubclasses()) {
      stream.heard(RUN, 1, (AgentEvent) specimen(type));
      add(printed, envelope);
    }

    assertTrue(printed.size() > 10, "saw only " + printed);
    assertEquals(rows("Ephemeral lines"), printed);
  }

  private void add(Map<String, Set<String>> printed, Set<String> envelope) throws IOException {
    var line = STRICT.readTree(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
    var fields = new TreeSet<String>();
    line.fieldNames().forEachRemaining(fields::add);
    assertTrue(fields.containsAll(envelope), fields + " lacks some of " + envelope);
    var own = new TreeSet<>(fields);
    own.removeAll(envelope);
    printed.put(line.path("type").asText(), own);
  }

  private static Map<String, Set<String>> rows(String heading) {
    var page = Repository.read(REPOSITORY.file("docs/reference/stream-json.md"));
    var section = page.substring(page.indexOf("## " + heading));
    int next = section.indexOf("\n## ", 1);
    var rows = new TreeMap<String, Set<String>>();
    (next < 0 ? section : section.substring(0, next))
        .lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(row -> {
          var fields = new TreeSet<String>();
          NAME.matcher(row.group(2)).results().forEach(name -> fields.add(name.group(1)));
          rows.put(row.group(1), fields);
        });
    return rows;
  }

  /// A record with something in every component.
  private static Object specimen(Class<?> type) throws ReflectiveOperationException {
    var components = type.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(components[i].getGenericType());
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object value(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType().equals(Map.class) ? Map.of("output_tokens", 1L) : List.of();
    }
    var plain = (Class<?>) type;
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0];
    }
    return switch (plain.getName()) {
      // As JSON it is a value too.
      case "java.lang.String" -> "{}";
      case "int" -> 1;
      case "boolean" -> true;
      case "long", "java.lang.Long" -> 1L;
      default -> {
        for (var ready : READY) {
          if (plain.isInstance(ready)) {
            yield ready;
          }
        }
        yield specimen(plain);
      }
    };
  }
}
