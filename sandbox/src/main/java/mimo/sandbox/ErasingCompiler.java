package mimo.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import mimo.sandbox.compile.EraserText;
import mimo.sandbox.compile.MetaReader;

/// Has files compiled, those in TypeScript without their types (L3). Files in JavaScript pass
/// through it untouched.
final class ErasingCompiler implements Assembly.Compiler {

  private static final String ENDING = ".ts";

  private final Assembly.Compiler compiler;
  private final Eraser eraser;
  private final ErasedTexts texts;
  private final int maxBytes;

  /// Takes the types out of one file.
  interface Eraser {
    Erasure erase(ScriptSource source) throws InterruptedException;
  }

  private interface Compiling {
    Compilation compile(ScriptSource source) throws InterruptedException;
  }

  ErasingCompiler(Assembly.Compiler compiler, Eraser eraser, ErasedTexts texts, int maxBytes) {
    this.compiler = compiler;
    this.eraser = eraser;
    this.texts = texts;
    this.maxBytes = maxBytes;
  }

  @Override
  public Compilation script(ScriptSource source) throws InterruptedException {
    if (!source.name().endsWith(ENDING)) {
      return compiler.script(source);
    }
    // As whoever lists workflows reads it: a blanked type before `meta` must not hide there.
    return MetaReader.read(source) instanceof MetaReader.Reading.Faulty(var fault)
        ? new Compilation.Rejected(List.of(fault))
        : erased(source, compiler::script);
  }

  @Override
  public Compilation module(ScriptSource source) throws InterruptedException {
    return source.name().endsWith(ENDING)
        ? erased(source, compiler::module)
        : compiler.module(source);
  }

  @Override
  public Compilation link(List<Assembly.Link> order) throws InterruptedException {
    return compiler.link(order);
  }

  private Compilation erased(ScriptSource source, Compiling compiling) throws InterruptedException {
    var oversized = ScriptSize.fault(source, maxBytes);
    if (oversized != null) {
      return new Compilation.Rejected(List.of(oversized));
    }
    return switch (erasure(source)) {
      case Erasure.Refused(var faults) -> new Compilation.Rejected(faults);
      case Erasure.Erased(var text) -> compiling.compile(new ScriptSource(source.name(), text));
    };
  }

  private Erasure erasure(ScriptSource source) throws InterruptedException {
    var key = key(source.text());
    var known = texts.find(key);
    if (known != null && Erasure.isBlanked(source.text(), known)) {
      return new Erasure.Erased(known);
    }
    var erasure = eraser.erase(source);
    if (erasure instanceof Erasure.Erased(var text)) {
      if (!Erasure.isBlanked(source.text(), text)) {
        throw new SandboxException(
            "worker_protocol", "the worker did not only blank parts of " + source.name());
      }
      texts.keep(key, text);
    }
    return erasure;
  }

  private static String key(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(EraserText.DIGEST.getBytes(StandardCharsets.UTF_8));
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
