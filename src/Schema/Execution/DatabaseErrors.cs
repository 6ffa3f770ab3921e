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
        PostgresException fault when IsRetryable(fault) => ApiError.Unavailable(),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation =>
            UniqueViolation(violation.ConstraintName),
        PostgresException { SqlState: var state } when IsOutage(state) => ApiError.Unavailable(),
        PostgresException => null,
        NpgsqlException or SocketException => ApiError.Unavailable(),
        _ => null,
    };

    /// <summary>Whether running the same transaction again may succeed.</summary>
    /// <remarks>
    /// Ticket codes are drawn at random, and order numbers count anew after a reset: one that is taken
    /// is drawn again. A nonce that is taken was used by a twin of the same scan, whose answer is then
    /// found. A row that is gone since it was read is found missing when it is read again.
    /// </remarks>
    public static bool IsRetryable(Exception exception) => Cause(exception) is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.ForeignKeyViolation,
    } or PostgresException
    {
        ConstraintName: AttendeeIndexes.TicketCode or OrderIndexes.Number or ScanIndexes.Nonce,
    };

    private static ApiError UniqueViolation(string? constraint) =>
        constraint == EventIndexes.Slug
            ? ApiError.Conflict("Another event already has this slug.", "slug")
            : ApiError.Conflict("Another request has just made the same. Read it and retry.");

    private static bool IsOutage(string sqlState) =>
        sqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections;

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
