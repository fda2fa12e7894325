package mimo.docs;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Compiles small sources in memory, so that the tests can show a rule what it must refuse.
final class Specimens {

  private Specimens() {}

  /// Compiles `sources` together and returns their classes, sorted by name.
  static List<CompiledClass> compile(String... sources) {
    var compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).orElseThrow();
    var messages = new DiagnosticCollector<JavaFileObject>();
    var outputs = new LinkedHashMap<String, ByteArrayOutputStream>();
    var files = new InMemory(compiler.getStandardFileManager(messages, null, null), outputs);
    var inputs = new ArrayList<Source>();
    for (var source : sources) {
      inputs.add(new Source(source));
    }
    if (!compiler.getTask(null, files, messages, List.of(), null, inputs).call()) {
      throw new IllegalArgumentException("specimen does not compile: " + messages.getDiagnostics());
    }
    return outputs.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(output -> CompiledClass.parse(output.getValue().toByteArray()))
        .toList();
  }

  /// The path javac wants a source to have follows from its package and its first type.
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///" + pathOf(text)), Kind.SOURCE);
      this.text = text;
    }

    private static String pathOf(String text) {
      var packageName = text.replaceFirst("(?s).*?package ([\\w.]+);.*", "$1");
      var type = text.replaceFirst("(?s).*?(?:class|interface|record|enum) (\\w+).*", "$1");
      return packageName.replace('.', '/') + "/" + type + ".java";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs;

    InMemory(JavaFileManager platform, Map<String, ByteArrayOutputStream> outputs) {
      super(platform);
      this.outputs = outputs;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject near) {
      var bytes = outputs.computeIfAbsent(className, name -> new ByteArrayOutputStream());
      return new SimpleJavaFileObject(URI.create("bytes:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
