package dev.quorate.store;

/// One event on its way from this node to one subscriber, or given up.
///
/// @param number of all notices of this node, ever growing; those to one subscriber go in this
///   order
/// @param event the name of the event
/// @param body what is sent, but for the time of sending
/// @param madeMillis when the change was made, milliseconds since 1970
/// @param tried how often it was sent before it was given up, 0 for one on its way
/// @param status what the last attempt was answered with, 0 for no answer
/// @param reason why it was given up, empty for one on its way
/// @param givenUpMillis when, 0 for one on its way
public record Notice(
    long number,
    String subscriptionId,
    String correlationId,
    String event,
    String body,
    long madeMillis,
    int tried,
    int status,
    String reason,
    long givenUpMillis) {}
