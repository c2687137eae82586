package dev.quorate.http;

import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Parameter;

/// The parameters that choose among memories, the same wherever many are answered.
final class Filters {
  static final Parameter NAMESPACE =
      Parameter.query("namespace", STRING, "only memories of this namespace");
  static final Parameter TIER =
      Parameter.query("tier", STRING, "only memories of this tier: short, mid or long");
  static final Parameter MIN_PRIORITY =
      Parameter.query("min_priority", INTEGER, "only memories of this priority or a higher one");
  static final Parameter SINCE =
      Parameter.query("since", STRING, "created at this RFC 3339 time or later");
  static final Parameter UNTIL =
      Parameter.query("until", STRING, "created at this RFC 3339 time or earlier");
  static final Parameter TAGS = Parameter.query("tags", STRING, "one exact tag");
  static final Parameter AGENT_ID =
      Parameter.query("agent_id", STRING, "only memories that this agent stored");

  private Filters() {}
}
