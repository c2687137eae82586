package dev.quorate.webhooks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/// Why a message brought no answer, in words of this program. Those of the libraries may repeat
/// what the other side sent, or what stands in its certificate, which is not for whoever reads dead
/// letters or the log.
final class Trouble {
  private static final String ENDED =
      "could not be reached: the connection ended before the whole answer";

  private Trouble() {}

  static String of(IOException trouble) {
    return switch (trouble) {
      case Sender.TooLong e -> String.valueOf(e.getMessage());
      case SSLException e -> ofTls(e);
      case TruncatedChunkException _ -> ENDED;
      case ClientProtocolException _,
          MalformedChunkCodingException _,
          MessageConstraintException _ ->
          "answered with something that is not HTTP";
      case ConnectException _, NoRouteToHostException _, UnknownHostException _ ->
          "could not be reached: no connection";
      case InterruptedIOException _ -> "could not be reached: it took too long";
      default -> ENDED;
    };
  }

  private static String ofTls(SSLException trouble) {
    if (isAbout(trouble, CertificateExpiredException.class)) return "its certificate has ended";
    if (isAbout(trouble, CertificateNotYetValidException.class)) {
      return "its certificate is not valid yet";
    }
    if (isAbout(trouble, CertPathBuilderException.class, CertPathValidatorException.class)) {
      return "its certificate is not trusted: nobody whom this machine trusts vouches for it";
    }
    return isAbout(trouble, CertificateException.class, SSLPeerUnverifiedException.class)
        ? "its certificate is for another host"
        : "could not be reached: it agrees on no TLS connection";
  }

  @SafeVarargs
  private static boolean isAbout(Throwable trouble, Class<? extends Exception>... kinds) {
    for (var cause = trouble; cause != null; cause = cause.getCause()) {
      for (var kind : kinds) if (kind.isInstance(cause)) return true;
    }
    return false;
  }
}
