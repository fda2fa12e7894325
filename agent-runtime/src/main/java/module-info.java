/// The agent: its loop, providers, tools and structured answers. Performs the engine's steps.
module mimo.agent {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.networknt.schema;
  requires transitive mimo.engine;
  requires java.sql;
  requires okhttp3;
  requires okio;
  requires org.jsoup;
  requires org.xerial.sqlitejdbc;
  requires re2j;
  requires static org.jspecify;

  exports mimo.agent;
  exports mimo.agent.command;
  exports mimo.agent.context;
  exports mimo.agent.definition;
  exports mimo.agent.edit;
  exports mimo.agent.file;
  exports mimo.agent.json;
  exports mimo.agent.mcp.rpc;
  exports mimo.agent.mcp.transport;
  exports mimo.agent.mcp;
  exports mimo.agent.memory.index;
  exports mimo.agent.memory;
  exports mimo.agent.message;
  exports mimo.agent.output;
  exports mimo.agent.permission;
  exports mimo.agent.provider;
  exports mimo.agent.provider.anthropic;
  exports mimo.agent.provider.catalog;
  exports mimo.agent.provider.http;
  exports mimo.agent.provider.offline;
  exports mimo.agent.provider.openai;
  exports mimo.agent.provider.quota;
  exports mimo.agent.provider.retry;
  exports mimo.agent.provider.wire;
  exports mimo.agent.question;
  exports mimo.agent.session;
  exports mimo.agent.shell;
  exports mimo.agent.snapshot;
  exports mimo.agent.subagent;
  exports mimo.agent.task;
  exports mimo.agent.tool;
  exports mimo.agent.web;
  exports mimo.agent.workflow;
}
