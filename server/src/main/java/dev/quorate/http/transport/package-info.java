/// HTTP as this program speaks it: a table of routes, plain blocking handlers, JSON for every
/// refusal, and deadlines and limits of our own around Helidon's web server. Knows nothing of
/// memories. Entry types: [dev.quorate.http.transport.HttpServer] and
/// [dev.quorate.http.transport.Route].
@NullMarked
package dev.quorate.http.transport;

import org.jspecify.annotations.NullMarked;
