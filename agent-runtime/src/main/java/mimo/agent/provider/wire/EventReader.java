package mimo.agent.provider.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import mimo.agent.provider.ProviderLimits;
import mimo.agent.provider.http.MalformedStreamException;
import mimo.agent.provider.http.SseEvent;
import mimo.agent.provider.http.SseReader;

/// Reads the body of a reply as events, whether it streams or is one plain JSON object (A29).
/// Confined to one thread.
public final class EventReader {

  private static final String DONE = "[DONE]";

  private final Queue<ModelEvent> ready = new ArrayDeque<>();
  private final EventParser parser;
  private final PushbackInputStream body;
  private final SseReader stream;
  private boolean opened;
  private boolean over;

  public EventReader(InputStream body, EventParser parser) {
    this.parser = parser;
    this.body = new PushbackInputStream(body, 1);
    this.stream = new SseReader(this.body);
  }

  /// The next event; empty when the body has ended.
  public Optional<ModelEvent> next() throws IOException {
    if (!opened) {
      opened = true;
      readPlainBody();
    }
    while (ready.isEmpty() && !over) {
      readStream();
    }
    return Optional.ofNullable(ready.poll());
  }

  private void readStream() throws IOException {
    var event = stream.next();
    if (event.isEmpty()) {
      over = true;
    } else if (event.get().data().strip().equals(DONE)) {
      ready.add(new ModelEvent.Done());
      over = true;
    } else {
      readEvent(event.get());
    }
  }

  private void readEvent(SseEvent event) throws MalformedStreamException {
    try {
      ready.addAll(parser.read(event.data()));
    } catch (IOException broken) {
      if (parser.knows(event.name())) {
        throw invalidJson();
      }
    }
    over = ready.contains(new ModelEvent.Done());
  }

  /// A stream starts with a field's name, a JSON reply with a brace, a page with a tag; the type
  /// that providers declare is not to be trusted.
  private void readPlainBody() throws IOException {
    int first = body.read();
    while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
      first = body.read();
    }
    if (first >= 0) {
      body.unread(first);
    }
    if (first == '<') {
      ready.add(new ModelEvent.WebPage());
      over = true;
    } else if (first == '{' || first == '[') {
      var bytes = body.readNBytes(ProviderLimits.LINE_BYTES + 1);
      if (bytes.length > ProviderLimits.LINE_BYTES) {
        throw new MalformedStreamException(
            "the reply is longer than " + ProviderLimits.LINE_BYTES + " bytes");
      }
      readWhole(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private void readWhole(String json) throws MalformedStreamException {
    try {
      ready.addAll(parser.readWhole(json));
    } catch (IOException broken) {
      throw invalidJson();
    }
    ready.add(new ModelEvent.Done());
    over = true;
  }

  private static MalformedStreamException invalidJson() {
    return new MalformedStreamException("the stream holds invalid JSON");
  }
}
