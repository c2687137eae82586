package dev.quorate.http;

import static dev.quorate.http.Api.AGENT;
import static dev.quorate.http.Api.change;
import static dev.quorate.http.Api.doc;
import static dev.quorate.http.Api.read;
import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import java.util.List;

/// The routes of webhook subscriptions.
final class SubscriptionApi {
  private static final String PATH = "/subscriptions";

  private SubscriptionApi() {}

  static List<Route> routes(SubscriptionRoutes subscriptions) {
    var agent = Parameter.query("agent_id", STRING, "whose they are");
    return List.of(
        change(
            Method.POST,
            PATH,
            doc("Be told of events by signed requests to an address")
                .with(
                    Parameter.query("agent_id", STRING, "who asks, before the X-Agent-Id header"),
                    AGENT)
                .withBody(
                    Schemas.object(
                        "url: string",
                        "namespace: string",
                        "events: string",
                        "secret: string",
                        "namespace_filter: string",
                        "agent_filter: string",
                        "agent_id: string"))
                .withAnswer(201, "the subscription; its secret is never answered")
                .withAnswer(409, "there are as many as there may be"),
            subscriptions::create),
        read(
            PATH,
            doc("List subscriptions, earliest first")
                .with(agent)
                .withAnswer(200, "the subscriptions"),
            subscriptions::list),
        read(
            PATH + "/dead-letters",
            doc("List events that this node gave up sending, newest first")
                .with(
                    Parameter.query("subscription_id", STRING, "only those of this subscription"),
                    Parameter.query("before", INTEGER, "only those with a smaller number"),
                    Api.limit(100, 1_000))
                .withAnswer(200, "the events, with reason, last status and attempts"),
            subscriptions::deadLetters),
        change(
            Method.POST,
            PATH + "/{id}/redrive",
            doc("Send events that this node gave up again")
                .with(
                    Parameter.path("id", "id of the subscription"),
                    Parameter.query("number", INTEGER, "only this dead letter"))
                .withAnswer(200, "how many are sent again")
                .withAnswer(404, "there is no such subscription"),
            subscriptions::redrive),
        change(
            Method.DELETE,
            PATH,
            doc("Remove a subscription")
                .with(
                    Parameter.query("id", STRING, "its id"),
                    agent,
                    Parameter.query("namespace", STRING, "which of that agent, instead of id"))
                .withAnswer(200, "whether there was one"),
            subscriptions::delete));
  }
}
