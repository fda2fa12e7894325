package mimo.sandbox;

import java.nio.file.*;
import java.time.Instant;
import java.util.*;
import org.junit.jupiter.api.Test;

class SmokeTest {
  static final String LIB =
      "wf.define('agent', (p) => wf.call('agent', {prompt: p}));"
          + "wf.define('log', (m) => wf.note('log', {m}));"
          + "wf.define('parallel', async (fs) => Promise.all(fs.map((f, i) => wf.inFrame('p' + i, f))));";

  static void run(Sandbox box, String script) throws Exception {
    try (box) {
      long t = System.nanoTime();
      var c = box.compile(new ScriptSource("demo.js", script));
      System.out.println(box.confinement() + " " + c + " " + (System.nanoTime() - t) / 1000000);
      if (c instanceof Compilation.Rejected) return;
      var g =
          box.start(
              new GuestLaunch(
                  List.of(new ScriptSource("lib.js", LIB)),
                  "{\"a\":1}",
                  "{}",
                  "00".repeat(32),
                  Instant.ofEpochMilli(1000),
                  0));
      var open = new ArrayDeque<Integer>();
      while (true) {
        var e = g.next();
        System.out.println("  " + e);
        switch (e) {
          case GuestEvent.Called x -> open.add(x.call());
          case GuestEvent.Noted n -> {}
          case GuestEvent.Idle i -> {
            if (open.isEmpty()) return;
            int n = open.poll();
            g.settle(
                n,
                new Guest.Settlement.Resolved("\"r" + n + "\"", Instant.ofEpochMilli(2000 + n), n));
          }
          case GuestEvent.Finished f -> {
            System.out.println((System.nanoTime() - t) / 1000000);
            return;
          }
          case GuestEvent.Failed f -> {
            return;
          }
        }
      }
    }
  }

  static final String SCRIPT =
      "export const meta = {name: 'x', description: 'y'};\nlog('hi ' + Date.now() + Math.random() + crypto.randomUUID());\nconst r = await parallel([() => agent('one'), async () => { await agent('two'); return agent('three') }]);\nconst z = await agent('four ' + JSON.stringify(args));\nexport default {r, z, t: Date.now()}\n";

  @Test
  void inline() throws Exception {
    run(new InlineSandbox(SandboxLimits.defaults()), SCRIPT);
    run(
        new InlineSandbox(SandboxLimits.defaults()),
        "export const meta = {name: 'x', description: 'y'};\nasync function f(){ await agent('z'); null.x }\nawait f()");
  }

  @Test
  void process() throws Exception {
    var cp =
        Arrays.stream(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(":"))
            .filter(p -> !p.contains("junit"))
            .map(Path::of)
            .toList();
    for (Path w : new Path[] {null, Path.of("/usr/bin/bwrap")})
      run(
          SandboxProcess.spawn(
              WorkerSettings.of(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  cp,
                  w,
                  Path.of("/tmp/exp/scratch"))),
          SCRIPT);
  }
}
