/// The mimo command: where the rooms are joined, and the only one that prints.
module mimo.cli {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.management;
  requires jdk.httpserver;
  requires mimo.agent;
  requires mimo.compose;
  requires mimo.engine;
  requires mimo.sandbox;
  requires mimo.workflows;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires org.jline.terminal;
  requires static org.jspecify;
}
