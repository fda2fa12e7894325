package mimo.engine.redaction;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/// Lines as work brings them up: code, prose, logs, lock files. Many hold what looks like a secret
/// at first sight and is none.
final class OrdinaryLines {

  private static final List<String> WORDS =
      List.of(
          "the",
          "token",
          "key",
          "of",
          "each",
          "request",
          "is",
          "secret",
          "never",
          "password",
          "field",
          "author",
          "reads",
          "keyboard",
          "into",
          "bypass",
          "compass",
          "monkey",
          "value",
          "turn",
          "with",
          "session",
          "global",
          "discord",
          "twitter",
          "intercom",
          "passes",
          "tokenizer",
          "primary",
          "credentials",
          "must",
          "be",
          "set",
          "first",
          "then",
          "authorization",
          "fails",
          "and",
          "parser");

  private static final List<String> FIXED =
      List.of(
          "  private final String apiKey;",
          "password: ${DB_PASSWORD}",
          "token = process.env.GITHUB_TOKEN",
          "const token = await tokens.next();",
          "if (token.type === TokenType.LBRACKET_2) {",
          "api_key = os.environ[\"SERVICE_API_KEY_1\"]",
          "Authorization: Bearer <your token>",
          "  passwordField.setText(\"\");",
          "secret: your-secret-here-123",
          "export API_KEY=xxxxxxxxxxxxxxxxxxxxxxx",
          "api_key: config.get('service.key1')",
          "postgres://postgres:postgres@localhost:5432/app",
          "postgres://user:password@localhost/db",
          "git clone https://github.com/acme/tokens.git",
          "  key={item.id} onClick={() => select(item.key)}",
          "primaryKey = \"user_id_2\"",
          "maxTokens: 4096, topP: 0.9",
          "\"max_tokens\": 16384,",
          "const KEY_ENTER = 13; const KEY_TAB = 9;",
          "foreign key (author_id) references authors (id)",
          "<input type=\"password\" name=\"password\" id=\"password2\">",
          "usage: login --password PASSWORD --user USER",
          "token_url: https://auth.example.test/oauth2/token",
          "secretName: tls-cert-2",
          "auth: oauth2",
          "passphrase = getpass.getpass()",
          "keyId: projects/p1/locations/global/keyRings/r1",
          "The sk-learn package; ghp_ begins a token; AKIA too.",
          "-----BEGIN CERTIFICATE-----");

  private OrdinaryLines() {}

  static List<Function<Random, String>> kinds() {
    return List.of(
        r -> FIXED.get(r.nextInt(FIXED.size())),
        OrdinaryLines::prose,
        OrdinaryLines::prose,
        r -> "commit " + hex(r, 20),
        r -> hex(r, 32) + "  target/app-1." + r.nextInt(50) + ".jar",
        r -> "  \"integrity\": \"sha512-" + base64(r, 64) + "\",",
        r ->
            "  resolved \"https://registry.test/left-pad/-/left-pad-1.3.0.tgz#" + hex(r, 20) + "\"",
        r -> "request " + new UUID(r.nextLong(), r.nextLong()) + " took " + r.nextInt(900) + " ms",
        r -> "\"id\": \"" + new UUID(r.nextLong(), r.nextLong()) + "\",",
        r -> "background: url(data:image/png;base64," + base64(r, 120) + ")",
        r -> "color: #" + hex(r, 3) + "; margin: 0 " + r.nextInt(20) + "px;",
        r -> "cacheKey: v1-node-modules-" + hex(r, 16),
        r -> "idempotency-key: " + new UUID(r.nextLong(), r.nextLong()),
        r -> "etag: W/\"" + hex(r, 12) + "\"",
        r -> "digest: sha256:" + hex(r, 32),
        r -> "  at mimo.engine.Step.perform(Step.java:" + r.nextInt(300) + ")",
        r -> "2026-11-22T10:" + r.nextInt(60) + ":00Z INFO worker-" + r.nextInt(9) + " ready",
        r -> "import { token" + r.nextInt(9) + " } from './tokens.js';",
        r -> "int key = map.get(token) + " + r.nextInt(1000) + ";",
        r -> "assertEquals(\"" + hex(r, 8) + "\", digest.prefix());",
        r -> "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + base64(r, 32) + " me@host",
        r -> "npm warn deprecated inflight@1.0." + r.nextInt(9),
        r -> "tokens used: " + r.nextInt(100_000) + " in, " + r.nextInt(9_000) + " out");
  }

  /// One line of some kind.
  static String next(Random random) {
    var kinds = kinds();
    return kinds.get(random.nextInt(kinds.size())).apply(random);
  }

  /// A sentence of words in which secrets are spoken of.
  static String prose(Random random) {
    var line = new StringBuilder();
    for (int i = 0; i < 6 + random.nextInt(10); i++) {
      line.append(i == 0 ? "" : random.nextInt(12) == 0 ? ": " : " ");
      line.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return line.append('.').toString();
  }

  private static String hex(Random random, int bytes) {
    return HexFormat.of().formatHex(some(random, bytes));
  }

  private static String base64(Random random, int bytes) {
    return Base64.getEncoder().encodeToString(some(random, bytes));
  }

  private static byte[] some(Random random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
