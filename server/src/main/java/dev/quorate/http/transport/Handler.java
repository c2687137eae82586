package dev.quorate.http.transport;

/// What a route does: plain blocking code on the request's own virtual thread.
///
/// The body has been received in full before the call. A failed request is a thrown
/// [dev.quorate.failure.RequestFailure]; any other exception is a fault of ours and answered 500.
/// When the request's time is over the thread is interrupted and the caller is answered 504,
/// whether or not the handler returns.
@FunctionalInterface
public interface Handler {
  Response handle(Request request);
}
