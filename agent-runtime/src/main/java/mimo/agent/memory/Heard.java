package mimo.agent.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.DeferredTools;
import mimo.agent.tool.MoreTools;
import mimo.agent.tool.Need;
import mimo.agent.tool.Standing;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// The least trusted source an agent has heard so far: what it notes from then on may be from there
/// (M2). Thread-safe; belongs to one agent.
public final class Heard {

  private static final String WEB_TOOL = "webfetch";

  /// How the names of tools begin that are not mimo's own.
  private static final String OF_OTHERS = "mcp__";

  /// Those that tell what other agents said.
  private static final Set<String> OF_AGENTS = Set.of("agent", "workflow");

  private static final Set<String> LOOKING_BACK = Set.of("memory", "history");

  /// How a source stands beside what is shown.
  private static final Pattern SHOWN = Pattern.compile("\\(from ([^()]*)\\)$");

  private final AtomicReference<Source> worst = new AtomicReference<>(Source.AGENT);

  private Heard() {}

  /// What an agent has heard that goes on with something.
  public static Heard before(List<Message> said, List<SessionFact> recorded) {
    var heard = new Heard();
    var tools = new HashMap<String, String>();
    for (var message : said) {
      switch (message) {
        case Message.Model(var content) -> heard.called(content, tools);
        case Message.Tools(var answers) -> answers.forEach(answer -> heard.answered(answer, tools));
        case Message.User _ -> {}
      }
    }
    for (var fact : recorded) {
      if (fact instanceof SessionFact.TurnReceived turn) {
        heard.called(turn.content(), tools);
      } else if (fact instanceof SessionFact.ToolEnded ended) {
        heard.answered(ended.answer(), tools);
      }
    }
    return heard;
  }

  private void answered(Message.ToolAnswer answer, Map<String, String> tools) {
    if (isLookingBack(tools.getOrDefault(answer.call(), ""))) {
      add(shown(answer.text()));
    }
  }

  private void called(List<Content> content, Map<String, String> tools) {
    for (var piece : content) {
      if (piece instanceof Content.ToolCall call) {
        var tool = DeferredTools.meant(call).tool();
        tools.put(call.id(), tool);
        add(from(tool));
      }
    }
  }

  /// Whose words come with a tool's result. What other agents heard, nobody here knows.
  public static Source from(String tool) {
    if (tool.equals(WEB_TOOL)) {
      return Source.WEB;
    }
    return tool.startsWith(OF_OTHERS) || OF_AGENTS.contains(tool)
        ? Source.tool(tool)
        : Source.AGENT;
  }

  /// The worst of the sources that what was remembered, or said earlier, is shown with. Lines that
  /// are quoted say nothing of where they are from.
  public static Source shown(String result) {
    var worst = Source.AGENT;
    for (var line : result.split("\n", -1)) {
      var matcher = line.startsWith(">") ? null : SHOWN.matcher(line);
      if (matcher != null && matcher.find()) {
        for (var word : matcher.group(1).split(", ", -1)) {
          worst = worst.and(Source.of(word));
        }
      }
    }
    return worst;
  }

  /// Whether what a tool finds is shown with its sources.
  public static boolean isLookingBack(String tool) {
    return LOOKING_BACK.contains(tool);
  }

  /// The agent has heard something from there.
  public void add(Source source) {
    worst.accumulateAndGet(source, Source::and);
  }

  /// From whom its own words may be.
  public Source source() {
    return worst.get();
  }

  /// The same tool; the agent hears what it says.
  public Tool listening(Tool tool) {
    var source = from(tool.spec().name());
    return source.isUntrusted() ? listening(tool, source) : tool;
  }

  /// The same tool, of which the agent hears what is from `source`.
  public Tool listening(Tool tool, Source source) {
    return new Listening(tool, source);
  }

  /// The same tools of others, of which the agent hears what each says.
  public MoreTools listening(MoreTools others) {
    return new ListeningToOthers(others);
  }

  private final class ListeningToOthers implements MoreTools {
    private final MoreTools others;

    ListeningToOthers(MoreTools others) {
      this.others = others;
    }

    @Override
    public List<String> sources() {
      return others.sources();
    }

    @Override
    public List<String> names() {
      return others.names();
    }

    @Override
    public Found all(CancellationToken cancellation) throws InterruptedException {
      return others.all(cancellation);
    }

    @Override
    public void ready(Set<String> names, CancellationToken cancellation)
        throws InterruptedException {
      others.ready(names, cancellation);
    }

    @Override
    public Optional<Tool> find(String name) {
      return others.find(name).map(tool -> listening(tool, Source.tool(tool.spec().name())));
    }

    @Override
    public MoreTools only(Predicate<String> names) {
      return new ListeningToOthers(others.only(names));
    }
  }

  private final class Listening implements Tool {
    private final Tool tool;
    private final Source source;

    Listening(Tool tool, Source source) {
      this.tool = tool;
      this.source = source;
    }

    @Override
    public ToolSpec spec() {
      return tool.spec();
    }

    @Override
    public List<String> aliases() {
      return tool.aliases();
    }

    @Override
    public Arguments arguments(String text) {
      return tool.arguments(text);
    }

    @Override
    public List<Need> needs(ObjectNode input) {
      return tool.needs(input);
    }

    @Override
    public Optional<String> preview(ObjectNode input) {
      return tool.preview(input);
    }

    @Override
    public Optional<Standing> standing() {
      return tool.standing();
    }

    @Override
    public Result run(ObjectNode input, CancellationToken cancellation)
        throws InterruptedException {
      add(source);
      return tool.run(input, cancellation);
    }
  }
}
