using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Attendees;

/// <summary>Reads attendees of the caller's organization and mode.</summary>
internal static class AttendeeReader
{
    private static readonly RowQuery<Attendee> ById =
        new("SELECT {columns} FROM {table} AS r WHERE {tenant} AND r.id = $3");

    /// <exception cref="ApiError">The caller has no attendee with this id.</exception>
    public static async Task<Attendee> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await ById.FirstAsync(operation.Database, [RowQuery.Value(id)], cancellationToken)
        ?? throw ApiError.NotFound("attendee");
}
