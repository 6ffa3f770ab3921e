using System.Net.Sockets;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Npgsql;

namespace Equaticket.Schema.Execution;

/// <summary>The one place where what the database refuses becomes an error of the API.</summary>
public static class DatabaseErrors
{
    /// <returns>The error to show, or null when the exception is none that is expected.</returns>
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

    /// <summary>Whether running the same transaction again may succeed.</summary>
    /// <remarks>
    /// A row that is gone since it was read is found missing when it is read again. When it is not, nobody
    /// was in the way: a foreign key that is violated again is a fault of ours, and not an outage.
    /// </remarks>
    public static bool IsRetryable(Exception exception) =>
        Cause(exception) is PostgresException fault && (IsContention(fault) || fault.SqlState
            is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation);

    /// <summary>Whether another transaction was in the way.</summary>
    /// <remarks>
    /// Ticket codes are drawn at random, and order numbers count anew after a reset: one that is taken
    /// is drawn again. A nonce that is taken was used by a twin of the same scan, whose answer is then
    /// found.
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
    /// Whether the server can't work now: it ended or refused the session, the connection is lost (class 08),
    /// out of disk, memory or connections (53), shut down, starting or out of time (57), a fault of its disk
    /// (58), a lock not had in time, or read-only after a failover.
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
