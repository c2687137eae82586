package dev.quorate.acceptance;

/// One line of a table of bad input: a request and how it has to end.
///
/// @param name what is wrong with it
record Row(String name, Call call, Ending ending) {
  /// How a bad request ends.
  sealed interface Ending {
    /// It is refused as a whole, with this status and one sentence.
    record Refused(int status) implements Ending {}

    /// It is answered 200, and its list of errors has one sentence: the rest of the request is not
    /// made to suffer for one bad element.
    record Reported() implements Ending {}
  }

  static Row refused(int status, String name, Call call) {
    return new Row(name, call, new Ending.Refused(status));
  }
}
