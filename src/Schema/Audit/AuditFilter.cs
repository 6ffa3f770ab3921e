using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Audit;
using GraphQL.Types;

namespace Equaticket.Schema.Audit;

/// <summary>Filters the audit log. All given conditions must match.</summary>
public sealed record AuditFilter
{
    public AuditAction? Action { get; init; }

    public Guid? UserId { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> entries)
    {
        if (Action is { } action)
            entries = entries.Where(entry => entry.Action == action);
        if (UserId is { } userId)
            entries = entries.Where(entry => entry.UserId == userId);
        if (CreatedAfter is { } createdAfter)
            entries = entries.Where(entry => entry.CreatedAt >= createdAfter);
        if (CreatedBefore is { } createdBefore)
            entries = entries.Where(entry => entry.CreatedAt < createdBefore);
        return entries;
    }
}

public sealed class AuditFilterGraphType : InputObjectGraphType<AuditFilter>
{
    public AuditFilterGraphType()
    {
        Name = "AuditFilter";
        Description = "Filters for the audit log. All given conditions must match.";
        this.Add<WireEnumGraphType<AuditAction>>("action", "Only this action.");
        this.Add<IdGraphType>("userId", "Only actions of this user.");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Only actions at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Only actions before this time.");
    }
}
