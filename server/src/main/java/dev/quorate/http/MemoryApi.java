package dev.quorate.http;

import static dev.quorate.http.Api.AGENT;
import static dev.quorate.http.Api.change;
import static dev.quorate.http.Api.doc;
import static dev.quorate.http.Api.limit;
import static dev.quorate.http.Api.read;
import static dev.quorate.http.Filters.AGENT_ID;
import static dev.quorate.http.Filters.MIN_PRIORITY;
import static dev.quorate.http.Filters.NAMESPACE;
import static dev.quorate.http.Filters.SINCE;
import static dev.quorate.http.Filters.TAGS;
import static dev.quorate.http.Filters.TIER;
import static dev.quorate.http.Filters.UNTIL;
import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import java.util.List;

/// The routes of memories one by one, of the links between them, and of the archive.
final class MemoryApi {
  private static final Parameter ID =
      Parameter.path("id", "id of the memory, or a prefix that no other id has");
  private static final Parameter EXACT_ID = Parameter.path("id", "id of the memory");
  private static final Parameter OFFSET =
      Parameter.query("offset", INTEGER, "how many to leave out").defaultingTo(0);
  private static final Parameter IF_VERSION =
      Parameter.query("if_version", INTEGER, "the version it must have, else 412");
  private static final Parameter IF_MATCH =
      Parameter.header("If-Match", "the entity tag it must have, else 412");

  private MemoryApi() {}

  static List<Route> memories(MemoryRoutes memories) {
    var create =
        Schemas.object(
            "title*: string",
            "content*: string",
            "tier: string",
            "namespace: string",
            "tags: string[]",
            "priority: integer",
            "confidence: number",
            "source: string",
            "expires_at: string",
            "ttl_secs: integer",
            "metadata: object",
            "agent_id: string",
            "scope: string",
            "on_conflict: string",
            "citations: object[]",
            "source_uri: string",
            "source_span: object");
    return List.of(
        change(
            Method.POST,
            "/memories",
            QuotaApi.limited(doc("Store a memory"))
                .with(AGENT)
                .withBody(create)
                .withAnswer(201, "what was stored, under which id, and how durable it is")
                .withAnswer(202, "it awaits approval")
                .withAnswer(403, "the policy of the namespace refuses it")
                .withAnswer(409, "the title is taken in this namespace"),
            memories::create),
        read(
            "/memories",
            doc("List live memories, most important and newest first")
                .with(
                    NAMESPACE,
                    TIER,
                    MIN_PRIORITY,
                    SINCE,
                    UNTIL,
                    TAGS,
                    AGENT_ID,
                    OFFSET,
                    limit(20, 1_000),
                    Parameter.query(
                        "after", STRING, "the next of the page before, instead of an offset"))
                .withAnswer(
                    200,
                    "memories, their count, next where there may be more, and truncated where fewer came than fit the limit"),
            memories::list),
        change(
            Method.POST,
            "/memories/bulk",
            doc("Store up to 1000 memories; one whose title is taken becomes its next version")
                .withBody(Schemas.list(create))
                .withAnswer(200, "how many were stored, and why the others were not"),
            memories::bulk),
        read(
            "/memories/{id}",
            doc("Get a memory with its links")
                .with(
                    ID,
                    Parameter.query(
                        "consistency", STRING, "local, or quorum for every acknowledged write"))
                .withAnswer(200, "the memory")
                .withAnswer(404, "there is none"),
            memories::get),
        change(
            Method.PUT,
            "/memories/{id}",
            doc("Change a memory; what is left out stays")
                .with(ID, IF_VERSION, IF_MATCH)
                .withBody(
                    Schemas.object(
                        "title: string",
                        "content: string",
                        "tier: string",
                        "namespace: string",
                        "tags: string[]",
                        "priority: integer",
                        "confidence: number",
                        "expires_at: string",
                        "metadata: object",
                        "if_version: integer"))
                .withAnswer(200, "the memory as it is now")
                .withAnswer(404, "there is none")
                .withAnswer(409, "the title is taken in this namespace")
                .withAnswer(412, "it has changed since"),
            memories::update),
        change(
            Method.DELETE,
            "/memories/{id}",
            doc("Delete a memory for good, with its history")
                .with(ID, IF_VERSION, IF_MATCH, AGENT)
                .withAnswer(200, "it is deleted")
                .withAnswer(202, "that awaits approval")
                .withAnswer(403, "the policy of its namespace refuses it")
                .withAnswer(404, "there is none")
                .withAnswer(412, "it has changed since"),
            memories::delete),
        change(
            Method.POST,
            "/memories/{id}/promote",
            doc("Make a memory long-term, without expiry")
                .with(ID, AGENT)
                .withAnswer(200, "it is long-term")
                .withAnswer(202, "that awaits approval")
                .withAnswer(403, "the policy of its namespace refuses it")
                .withAnswer(404, "there is none"),
            memories::promote),
        read(
            "/memories/{id}/history",
            doc("Former contents of a memory, newest first")
                .with(ID)
                .withAnswer(200, "the versions this node knows")
                .withAnswer(404, "there is none"),
            memories::history));
  }

  static List<Route> links(LinkRoutes links) {
    var ends =
        new String[] {"source_id: string", "from: string", "target_id: string", "to: string"};
    return List.of(
        change(
            Method.POST,
            "/links",
            QuotaApi.limited(doc("Link two memories"))
                .with(AGENT)
                .withBody(
                    Schemas.object(
                        ends[0],
                        ends[1],
                        ends[2],
                        ends[3],
                        "relation: string",
                        "rel_type: string",
                        "valid_from: string",
                        "valid_until: string"))
                .withAnswer(201, "they are linked")
                .withAnswer(404, "one of them is not live")
                .withAnswer(409, "a reflection would reflect on itself"),
            links::create),
        change(
            Method.DELETE,
            "/links",
            doc("Remove every relation from one memory to another")
                .withBody(Schemas.object(ends))
                .withAnswer(200, "whether there was one"),
            links::delete),
        read(
            "/links/{id}",
            doc("Links from and to a memory")
                .with(EXACT_ID)
                .withAnswer(200, "the links, truncated where there may be more"),
            links::list));
  }

  static List<Route> archive(ArchiveRoutes archive) {
    return List.of(
        read(
            "/archive",
            doc("List archived memories, newest first")
                .with(NAMESPACE, OFFSET, limit(50, 1_000))
                .withAnswer(
                    200, "archived memories, truncated where fewer came than fit the limit"),
            archive::list),
        change(
            Method.POST,
            "/archive",
            doc("Archive memories")
                .withBody(Schemas.object("ids*: string[]", "reason: string"))
                .withAnswer(200, "which were archived and which are not live"),
            archive::add),
        change(
            Method.DELETE,
            "/archive",
            doc("Delete archived memories for good")
                .with(
                    Parameter.query("older_than_days", INTEGER, "only what has been there as long"))
                .withAnswer(200, "how many"),
            archive::purge),
        change(
            Method.POST,
            "/archive/{id}/restore",
            doc("Make an archived memory live again")
                .with(EXACT_ID)
                .withAnswer(200, "it is live")
                .withAnswer(404, "it is not in the archive")
                .withAnswer(409, "it is live already, or its title is taken"),
            archive::restore),
        read(
            "/archive/stats",
            doc("Count archived memories").withAnswer(200, "counts"),
            archive::stats));
  }

  static Route consolidate(ConsolidateRoutes consolidate) {
    return change(
        Method.POST,
        "/consolidate",
        doc("Make one memory out of 2 to 100, which are deleted")
            .withBody(
                Schemas.object(
                    "ids*: string[]",
                    "title*: string",
                    "summary: string",
                    "namespace: string",
                    "tier: string",
                    "agent_id: string"))
            .withAnswer(201, "the new memory")
            .withAnswer(404, "a source is not live")
            .withAnswer(409, "the title is taken"),
        consolidate::consolidate);
  }
}
