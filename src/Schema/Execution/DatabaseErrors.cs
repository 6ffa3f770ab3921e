using System.Net.Sockets;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Schema.Execution;

/// <summary>The single place that translates database errors into API errors.</summary>
public static class DatabaseErrors
{
    /// <returns>The API error, or null if the exception is unexpected.</returns>
    public static ApiError? Translate(Exception exception) => Cause(exception) switch
    {
        PostgresException fault when IsContention(fault) || IsOutage(fault) =>
            ApiError.Unavailable(),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation =>
            UniqueViolation(violation.ConstraintName),
        PostgresException => null,
        NpgsqlException or SocketException => ApiError.Unavailable(),
        _ => null,
    };

    /// <summary>
    /// Logs a failure. During an outage of the database, everything fails for the same reason, so the log then has one
    /// line instead of a stack trace.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="level">The level.</param>
    /// <param name="fault">The exception.</param>
    /// <param name="message">What failed: a sentence with placeholders.</param>
    /// <param name="values">The values of the placeholders.</param>
    public static void LogFault(
        this ILogger log, LogLevel level, Exception fault, string message, params object?[] values)
    {
        if (Translate(fault) is { ErrorCode: ErrorCode.Unavailable })
            log.Log(level, $"{message} {{Reason}}", [.. values, Cause(fault).Message.ReplaceLineEndings(" ")]);
        else
            log.Log(level, fault, message, values);
    }

    /// <summary>Whether running the same transaction again may succeed.</summary>
    /// <remarks>
    /// A foreign key violation can mean that a row was deleted after it was read; the retry then finds it missing.
    /// If the retry violates the foreign key again, there was no conflict: it is a bug and not an outage.
    /// </remarks>
    public static bool IsRetryable(Exception exception) =>
        Cause(exception) is PostgresException fault && (IsContention(fault) || fault.SqlState
            is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation);

    /// <summary>Whether another transaction conflicted with this one.</summary>
    /// <remarks>
    /// Ticket codes are random; if one is taken, the retry draws another, as it does for an order number (an order
    /// created during a reset of test data in version 0.1.0 may have it). A nonce is taken if a duplicate of the
    /// same scan has used it; the retry then finds that scan's result.
    /// </remarks>
    private static bool IsContention(PostgresException fault) => fault is
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    } or
    {
        ConstraintName: AttendeeIndexes.TicketCode or OrderIndexes.Number or ScanIndexes.Nonce,
    };

    private static ApiError UniqueViolation(string? constraint) =>
        constraint == EventIndexes.Slug
            ? ApiError.Conflict("Another event already has this slug.", "slug")
            : ApiError.Conflict("Another request has just created the same resource. Read it and retry.");

    /// <summary>
    /// Whether the server is unable to work now: it terminated or refused the session, the connection is lost (class
    /// 08), it is out of disk, memory, or connections (53), it is shutting down, starting up, or timed out (57), its
    /// disk failed (58), a lock was not acquired in time, or it is read-only after a failover.
    /// </summary>
    private static bool IsOutage(PostgresException fault) =>
        fault.InvariantSeverity is "FATAL" or "PANIC"
        || fault.SqlState[..2] is "08" or "53" or "57" or "58"
        || fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction;

    private static Exception Cause(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException or SocketException)
                return cause;
        }

        return exception;
    }
}
