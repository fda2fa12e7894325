package mimo.agent.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.DeferredTools;
import mimo.agent.tool.MoreTools;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// The least trusted source an agent has heard so far: what it notes from then on may be from there
/// (M2). Thread-safe; belongs to one agent.
public final class Heard {

  private static final String WEB_TOOL = "webfetch";

  /// How the names of tools begin that are not mimo's own.
  private static final String OF_OTHERS = "mcp__";

  private final AtomicReference<Source> worst = new AtomicReference<>(Source.AGENT);

  private Heard() {}

  /// What an agent has heard that goes on with something.
  public static Heard before(List<Message> said, List<SessionFact> recorded) {
    var heard = new Heard();
    for (var message : said) {
      if (message instanceof Message.Model(var content)) {
        heard.called(content);
      }
    }
    for (var fact : recorded) {
      if (fact instanceof SessionFact.TurnReceived turn) {
        heard.called(turn.content());
      }
    }
    return heard;
  }

  private void called(List<Content> content) {
    for (var piece : content) {
      if (piece instanceof Content.ToolCall call) {
        var name = DeferredTools.meant(call).tool();
        if (name.equals(WEB_TOOL)) {
          add(Source.WEB);
        } else if (name.startsWith(OF_OTHERS)) {
          add(Source.tool(name));
        }
      }
    }
  }

  private void add(Source source) {
    worst.accumulateAndGet(source, Source::and);
  }

  /// From whom its own words may be.
  public Source source() {
    return worst.get();
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
    public List<Need> needs(ObjectNode input) {
      return tool.needs(input);
    }

    @Override
    public Optional<String> preview(ObjectNode input) {
      return tool.preview(input);
    }

    @Override
    public Result run(ObjectNode input, CancellationToken cancellation)
        throws InterruptedException {
      add(source);
      return tool.run(input, cancellation);
    }
  }
}
