using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Audit;

/// <summary>An entry of the audit log, with the names of the actor and the subject.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Actor">The user's email address or the API key's name; null for an operator.</param>
/// <param name="Subject">
/// The email address or name of the affected user or key; null if the subject is neither.
/// </param>
public sealed record AuditRow(AuditEntry Entry, string? Actor, string? Subject) : IPagedRow
{
    public Guid Id => Entry.Id;

    public DateTimeOffset CreatedAt => Entry.CreatedAt;

    /// <summary>Resolves the names of a page of entries, in one query for users and one for keys.</summary>
    internal static async Task<List<AuditRow>> OfAsync(
        EquaticketDbContext database, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. entries.SelectMany(entry => new[] { entry.UserId, entry.ApiKeyId, entry.SubjectId })
            .OfType<Guid>().Distinct()];
        var names = await database.Users.Where(user => ids.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        var keys = await database.ApiKeys.Where(key => ids.Contains(key.Id))
            .Select(key => new { key.Id, key.Name }).ToListAsync(cancellationToken);
        keys.ForEach(key => names.Add(key.Id, key.Name));
        return entries.ConvertAll(entry => new AuditRow(
            entry,
            (entry.UserId ?? entry.ApiKeyId) is { } actor ? names.GetValueOrDefault(actor) : null,
            names.GetValueOrDefault(entry.SubjectId)));
    }
}

[LongLists]
public sealed class AuditEntryGraphType : ObjectGraphType<AuditRow>
{
    public AuditEntryGraphType()
    {
        Name = "AuditEntry";
        Description = "A security-relevant action in your organization. Entries are never changed or removed.";
        this.Leaf("id", "The unique identifier of the entry.", row => row.Entry.Id);
        this.Leaf("action", "What was done.", row => row.Entry.Action);
        this.OptionalLeaf("actor",
            "The email address of the user, or the name of the API key, that acted; null for an operator of the "
                + "server.",
            row => row.Actor);
        this.OptionalLeaf("userId", "The ID of the user who acted; null for API keys and operators.",
            row => row.Entry.UserId);
        this.OptionalLeaf("apiKeyId", "The ID of the API key that acted; null for users and operators.",
            row => row.Entry.ApiKeyId);
        this.Leaf("subjectId", "The ID of the user, key, or other resource that was affected.",
            row => row.Entry.SubjectId);
        this.OptionalLeaf("subject",
            "The email address of the user, or the name of the API key, that was affected; null for anything else.",
            row => row.Subject);
        this.OptionalLeaf("detail", "What changed, such as the old and the new role; null if there is nothing to add.",
            row => row.Entry.Detail);
        this.OptionalLeaf("requestId",
            "The `X-Request-Id` of the request; null for operators, and for entries from older versions.",
            row => row.Entry.RequestId);
        this.Leaf("createdAt", "When it was done.", row => row.Entry.CreatedAt);
    }
}
