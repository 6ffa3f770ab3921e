namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The embedded PostgreSQL is unavailable. The message says what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? innerException = null)
    : Exception(message, innerException);
