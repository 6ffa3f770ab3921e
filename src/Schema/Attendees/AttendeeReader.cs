using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Attendees;

/// <summary>Reads attendees of the caller's organization and mode.</summary>
internal static class AttendeeReader
{
    private static readonly Func<EquaticketDbContext, Guid, CancellationToken, Task<Attendee?>>
        FindById = EF.CompileAsyncQuery(
            (EquaticketDbContext database, Guid id, CancellationToken _) =>
                database.Attendees.SingleOrDefault(attendee => attendee.Id == id));

    /// <exception cref="ApiError">The caller has no attendee with this id.</exception>
    public static async Task<Attendee> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await FindById(operation.Database, id, cancellationToken) ?? throw ApiError.NotFound("attendee");
}
