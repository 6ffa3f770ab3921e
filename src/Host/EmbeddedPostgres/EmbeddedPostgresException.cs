namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The private PostgreSQL cannot serve. The message tells a person what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? innerException = null)
    : Exception(message, innerException);
